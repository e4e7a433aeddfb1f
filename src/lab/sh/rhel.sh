# shellcheck shell=bash
# The RHEL look of the hosts: a directory tree, built once into the cache, that lies between the
# machine's own root and each host's changes. A real rpm database and repository, the release files,
# time daemon, emulator path and machine type of RHEL, and stand-ins for what cannot run here.
RHEL_VERSION=9.2
RHEL_KERNEL=5.14.0-284.30.1.el9_2.x86_64
RHEL_MACHINE=pc-q35-rhel$RHEL_VERSION.0
RHEL_MACHINE_REAL=pc-q35-7.2
RHEL_NEXT=9.3 # a release to update to
RHEL_REPOS=/srv/repos
RHEL_REPO=$RHEL_REPOS/rhel-$RHEL_VERSION

rhel_stamp() {
  { cat "$LAB_SH"/rhel.sh "$LAB_SH"/rhel-packages.txt "$LAB_SH"/layer/*
    dpkg-query -W -f '${Package} ${Version}\n' qemu-system-x86 libvirt-daemon rpm dnf
    stat -c %Z /usr/sbin/libvirtd /usr/bin/qemu-system-x86_64
    uname -r; echo "${LAB_GUEST##*-}"; } | sha256sum | cut -c1-16
}
rhel_is_built() {
  LAB_LAYER=$CACHE/layer-$(rhel_stamp)
  [ -e "$LAB_LAYER/var/cache/libvirt/qemu/capabilities" ] && touch "$LAB_LAYER"
}

# One spec with a subpackage for each line; versions that share a name go to separate runs.
rhel_spec() { # lines of "name evr arch"
  local name evr arch epoch release=''
  cat <<S
Name: lab-rhel
Version: 1
Release: 1
Summary: Packages of the lab hosts
License: none
AutoReqProv: no
%description
Packages of the lab hosts.
S
  while read -r name evr arch; do
    case $evr in *:*) epoch=${evr%%:*} ;; *) epoch= ;; esac
    evr=${evr#*:}
    printf '%%package -n %s\nSummary: %s of a lab host\nVersion: %s\nRelease: %s\n' "$name" "$name" "${evr%-*}" "${evr##*-}"
    [ -z "$epoch" ] || echo "Epoch: $epoch"
    [ "$arch" != noarch ] || echo "BuildArch: noarch"
    [ "$name" != redhat-release ] || echo "Provides: system-release = ${evr%-*}, system-release(releasever) = ${evr%%.*}"
    # As on RHEL, several kernels stay installed side by side.
    case $name in kernel | kernel-core) echo "Provides: installonlypkg(kernel)" ;; esac
    printf 'AutoReqProv: no\n%%description -n %s\nStands for %s on a lab host.\n%%files -n %s\n' "$name" "$name" "$name"
    [ "$name" != redhat-release ] || release=${evr%-*}
    [ "$name" != redhat-release ] || printf '%s\n' /usr/lib/os-release /etc/redhat-release /etc/system-release /etc/system-release-cpe /etc/os-release
  done
  echo %install
  [ -z "$release" ] || rhel_release_files "$release"
}
# The shell text that makes the files of the package redhat-release.
rhel_release_files() { # version
  cat <<S
mkdir -p %{buildroot}/etc %{buildroot}/usr/lib
cd %{buildroot}
echo "Red Hat Enterprise Linux release $1 (Plow)" >etc/redhat-release
ln -s redhat-release etc/system-release
ln -s ../usr/lib/os-release etc/os-release
echo "cpe:/o:redhat:enterprise_linux:9::baseos" >etc/system-release-cpe
cat >usr/lib/os-release <<O
NAME="Red Hat Enterprise Linux"
VERSION="$1 (Plow)"
ID="rhel"
ID_LIKE="fedora"
VERSION_ID="$1"
PLATFORM_ID="platform:el9"
PRETTY_NAME="Red Hat Enterprise Linux $1 (Plow)"
ANSI_COLOR="0;31"
CPE_NAME="cpe:/o:redhat:enterprise_linux:9::baseos"
REDHAT_SUPPORT_PRODUCT="Red Hat Enterprise Linux"
REDHAT_SUPPORT_PRODUCT_VERSION="$1"
O
S
}
rhel_packages() { # build all packages and the repository below the layer
  local layer=$1 build=$CACHE/build.$$ round rest now
  mkdir -p "$build" "$layer$RHEL_REPO" "$layer/var/lib/rpm"
  rest=$(sed 's/#.*//; s/^+//; /^ *$/d' "$LAB_SH/rhel-packages.txt" | awk '{print $1, $2, ($3 == "" ? "x86_64" : $3)}')
  for round in 1 2 3 4; do
    [ -n "$rest" ] || break
    now=$(awk '!seen[$1]++' <<<"$rest")
    rest=$(awk 'seen[$1]++' <<<"$rest")
    rhel_spec <<<"$now" >"$build/$round.spec"
    rpmbuild --quiet -bb --target x86_64 --define "_topdir $build" --define "_build_id_links none" \
      --define "_binary_payload w1.gzdio" --define "source_date_epoch_from_changelog 0" \
      --define "_buildhost build.lab" --define "_rpmdir $layer$RHEL_REPO" --define "_rpmfilename %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.e%%{EPOCHNUM}.rpm" \
      "$build/$round.spec" >"$build/log" 2>&1 || { cat "$build/log" >&2; lab_die "rpmbuild failed"; }
  done
  # The next release: the same packages, and its own release package.
  mkdir -p "$layer$RHEL_REPOS/rhel-$RHEL_NEXT"
  rhel_installed "$layer$RHEL_REPO" | grep -v /redhat-release-$RHEL_VERSION | xargs cp -t "$layer$RHEL_REPOS/rhel-$RHEL_NEXT"
  mv "$layer$RHEL_REPO"/redhat-release-$RHEL_NEXT* "$layer$RHEL_REPOS/rhel-$RHEL_NEXT/"
  ln -s "rhel-$RHEL_VERSION" "$layer$RHEL_REPOS/rhel-${RHEL_VERSION%%.*}"
  for round in $RHEL_VERSION $RHEL_NEXT; do
    createrepo_c -q "$layer$RHEL_REPOS/rhel-$round" >/dev/null || lab_die "createrepo_c failed"
  done
  rhel_installed "$layer$RHEL_REPO" |
    xargs rpm --root "$layer" --dbpath /var/lib/rpm --force-debian --nosignature --noscripts --ignoreos -i || lab_die "rpm failed"
  rm -rf "$build"
}

# The files of the packages that are installed: the unmarked lines of the list.
rhel_installed() { # directory
  sed 's/#.*//; /^+/d; /^ *$/d' "$LAB_SH/rhel-packages.txt" | awk -v dir="$1" '{
    evr = $2; epoch = 0; if (split($2, e, ":") == 2) { epoch = e[1]; evr = e[2] }
    print dir "/" $1 "-" evr "." ($3 == "" ? "x86_64" : $3) ".e" epoch ".rpm" }'
}

rhel_layer() { # build $LAB_LAYER
  local layer=$LAB_LAYER.new c
  rm -rf "$layer" "$LAB_LAYER"
  find "$CACHE" -maxdepth 1 \( -name 'layer-*' -o -name 'guest-*' \) -mtime +2 -exec rm -rf {} + # of other versions
  mkdir -p "$layer"/{etc/yum.repos.d,etc/dnf,usr/bin,usr/sbin,usr/libexec,usr/lib,var/lib/libvirt/boot,var/lib/chrony,boot}
  rhel_packages "$layer"
  printf '[rhel]\nname=Lab repository\nbaseurl=file://%s/rhel-$releasever\ngpgcheck=0\nenabled=1\nmetadata_expire=never\n' "$RHEL_REPOS" >"$layer/etc/yum.repos.d/rhel.repo"
  printf '[main]\ngpgcheck=0\ninstallonly_limit=3\nclean_requirements_on_remove=False\nbest=True\nplugins=0\n' >"$layer/etc/dnf/dnf.conf"
  for c in "$LAB_SH"/layer/*; do install -m 755 "$c" "$layer/usr/bin/${c##*/}"; done
  ln -s /proc/self/mounts "$layer/etc/mtab"
  mkdir -p "$layer/etc/rpm"
  echo '%_dbpath /var/lib/rpm' >"$layer/etc/rpm/macros" # Debian's rpm looks in the home directory
  ln -s ../bin/systemctl "$layer/usr/sbin/reboot"
  cp /usr/bin/uname "$layer/usr/bin/uname.real"
  cat >"$layer/usr/libexec/qemu-kvm" <<Q
#!/bin/sh
# QEMU under RHEL's name, which knows RHEL's machine type.
for a; do
  shift
  case \$a in $RHEL_MACHINE*) a=$RHEL_MACHINE_REAL\${a#$RHEL_MACHINE} ;; esac
  set -- "\$@" "\$a"
done
exec /usr/bin/qemu-system-x86_64 "\$@"
Q
  chmod 755 "$layer/usr/libexec/qemu-kvm"
  cp "$LAB_GUEST"/{vmlinuz,initrd.gz} "$layer/var/lib/libvirt/boot/"
  lab_ticker
  cp "$LAB_TICKER" "$layer/var/lib/libvirt/boot/ticker"
  cp -a "$CACHE"/chrony/usr/. "$layer/usr/"
  : >"$layer/boot/vmlinuz-$RHEL_KERNEL"
  # Whiteouts: what a RHEL host does not have.
  mkdir -p "$layer/var/lib"
  for c in usr/bin/dpkg usr/bin/dpkg-query usr/bin/apt usr/bin/apt-get usr/bin/apt-cache var/lib/dpkg etc/debian_version etc/apt; do
    [ ! -e "/$c" ] || mknod "$layer/$c" c 0 0
  done
  mv "$layer" "$LAB_LAYER"
}

# Probing QEMU takes libvirt seconds: keep its answer, with RHEL's machine type added.
rhel_capabilities() { # HOST that runs on the fresh layer; it must be down before the layer is used again
  local from=$LAB/hosts/$1/upper/var/cache/libvirt/qemu/capabilities to=$CACHE/capabilities.new f
  lab_enter "$1" virsh -q domcapabilities --emulatorbin /usr/libexec/qemu-kvm --virttype qemu >/dev/null || lab_die "libvirt cannot probe /usr/libexec/qemu-kvm"
  # Else every fresh host would probe all other emulators when it is first asked for its capabilities.
  lab_enter "$1" virsh -q capabilities >/dev/null
  rm -rf "$to" && mkdir -p "$to"
  cp -a "$from"/. "$to"/
  f=$(grep -l "<emulator>/usr/libexec/qemu-kvm<" "$to"/*.xml) || f=$(grep -l . "$to"/*.xml)
  for f in $f; do
    sed -i "s|^\( *<machine type='[a-z]*' name='\)$RHEL_MACHINE_REAL'\(.*\)|&\n\1$RHEL_MACHINE'\2|" "$f"
    sed -i "s|\(name='$RHEL_MACHINE_REAL'\) alias='q35'|\1|" "$f"
  done
}
# The layer must not lie below / (an overlay refuses layers that overlap), so it is copied into the
# work directory; libvirt's cache then has to know the change times of the emulator and of its modules, which an upgrade moves.
rhel_layer_mount() {
  [ -d "$LAB/layer" ] && return 0
  cp -a "$LAB_LAYER" "$LAB/layer.new"
  rhel_emulator_time "$LAB/layer.new" ""
  mv "$LAB/layer.new" "$LAB/layer"
}
rhel_emulator_time() { # layer with libvirt's cache, the root below it
  local f kvm=$LAB/layer/usr/libexec/qemu-kvm
  [ -e "$kvm" ] || kvm=$1/usr/libexec/qemu-kvm
  for f in "$1"/var/cache/libvirt/qemu/capabilities/*.xml; do
    [ -e "$f" ] || continue
    if grep -q "<emulator>/usr/libexec/qemu-kvm<" "$f"; then
      sed -i -e "s|<qemuctime>.*</qemuctime>|<qemuctime>$(stat -c %Z "$kvm")</qemuctime>|" \
        -e "s|<qemumoddirmtime>.*</|<qemumoddirmtime>$(stat -c %Y "$2/usr/lib/x86_64-linux-gnu/qemu")</|" "$f"
    fi
  done
}
rhel_capabilities_keep() {
  rm -rf "$LAB/layer"
  mkdir -p "$LAB_LAYER/var/cache/libvirt/qemu"
  mv "$CACHE/capabilities.new" "$LAB_LAYER/var/cache/libvirt/qemu/capabilities"
}
