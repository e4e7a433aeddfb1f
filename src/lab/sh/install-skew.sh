#!/bin/bash
# Prepare the root of hostN, a host of a newer generation than the others: Debian 13 with its libvirt
# and QEMU, beside the machine's own Debian 12. Unpacked into the cache and never installed. Safe to
# run again: with everything there it only looks.
#
#   src/lab/sh/install-skew.sh           make what is missing
#   src/lab/sh/install-skew.sh --check   say what is missing; exit 1 when something is
set -euo pipefail
# shellcheck source=packages.sh
. "$(dirname "$(readlink -f "$0")")/packages.sh"

suite=trixie
root=$CACHE/skew/root
packages=(
  qemu-system-x86 qemu-utils
  libvirt-daemon libvirt-daemon-driver-{qemu,network,storage,secret,nwfilter,nodedev,interface} libvirt-daemon-log libvirt-clients
  openssh-server openssh-client sudo iproute2 nftables iptables netcat-openbsd socat procps kmod
  glusterfs-client rpm libc-bin tar gzip bash coreutils dash sed grep gawk findutils util-linux mount hostname passwd login
)
stamp=$(printf '%s\n' "$suite" "${packages[@]}" 4 | sha256sum | cut -c1-16)

if [ "$(cat "$root.stamp" 2>/dev/null)" = "$stamp" ]; then
  [ "${1:-}" = --check ] || echo "lab: the newer generation is there"
  exit 0
fi
if [ "${1:-}" = --check ]; then echo "missing: root-of-the-newer-generation"; exit 1; fi
[ "$(id -u)" = 0 ] || { echo "lab: run this as root" >&2; exit 2; }

"$(dirname "$(readlink -f "$0")")/install.sh"
# From where this machine has its own packages.
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | sort -u | head -n 1)
mkdir -p "$CACHE/skew"
work=$(mktemp -d "$CACHE/skew/work.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{state/lists/partial,cache/archives/partial,etc,root}
: >"$work/status"
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" >"$work/sources.list"
apt() {
  apt-get -qq -o Dir::Etc="$work/etc" -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=/dev/null \
    -o Dir::Etc::preferencesparts=/dev/null -o Dir::State="$work/state" -o Dir::State::status="$work/status" \
    -o Dir::Cache="$work/cache" -o APT::Sandbox::User=root -o Acquire::Languages=none -o APT::Install-Recommends=false "$@"
}
apt update
apt -y -o APT::Get::Download-Only=true install "${packages[@]}" >/dev/null

# The directories that / has links to come first; then all at once, on all processors.
unpack() { dpkg-deb --fsys-tarfile "$1" | tar -x -C "$2" --exclude=./usr/share/{doc,man,locale,info,lintian} --exclude=./usr/share/qemu/edk2-[ar]* --exclude=./usr/lib/modules; }
export -f unpack
unpack "$(echo "$work"/cache/archives/base-files_*.deb)" "$work/root"
find "$work/cache/archives" -name '*.deb' ! -name 'systemd*' ! -name 'base-files_*' -print0 |
  xargs -0 -P "$(nproc)" -I@ bash -c 'unpack @ "$1"' unpack "$work/root"

# What the packages' own scripts would have made, as far as a lab host needs it.
cp "$work/root/usr/share/base-passwd/passwd.master" "$work/root/etc/passwd"
cp "$work/root/usr/share/base-passwd/group.master" "$work/root/etc/group"
sed 's/:.*/:*:19000:0:99999:7:::/' "$work/root/etc/passwd" >"$work/root/etc/shadow"
echo 'sshd:x:105:65534::/run/sshd:/usr/sbin/nologin' >>"$work/root/etc/passwd"
mkdir -p "$work"/root/{dev,proc,sys,run,tmp,srv,var/log,var/lib/dbus,etc/sudoers.d}
for tool in iptables ip6tables iptables-save iptables-restore ip6tables-save ip6tables-restore; do
  ln -sf "${tool%%-*}-nft${tool#"${tool%%-*}"}" "$work/root/usr/sbin/$tool"
  [ ! -e "$work/root/usr/sbin/xtables-nft-multi" ] || ln -sf xtables-nft-multi "$work/root/usr/sbin/$tool"
done
rm -rf "$work"/root/var/{run,lock}
ln -s /run "$work/root/var/run"
ln -s /run/lock "$work/root/var/lock"
mkdir -p "$work"/root/{root,home,mnt,opt,var/{tmp,cache,spool},etc/default}
ln -sf gawk "$work/root/usr/bin/awk"
ln -sf nc.openbsd "$work/root/usr/bin/nc"
# Debian has only the daemon that is all in one. Newer distributions have one for QEMU alone; hosts are
# told apart by its name, its sockets and its files.
printf '#!/bin/sh\nexec /usr/sbin/libvirtd -f /etc/libvirt/virtqemud.conf "$@"\n' >"$work/root/usr/sbin/virtqemud"
chmod 755 "$work/root/usr/sbin/virtqemud"
ldconfig -r "$work/root"
rm -rf "$root"
mv "$work/root" "$root"
echo "$stamp" >"$root.stamp"
echo "lab: the newer generation is in $root"
