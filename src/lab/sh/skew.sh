# shellcheck shell=bash
# hostN, a host of a newer generation: the same RHEL look over another root (install-skew.sh), with the
# next release and packages of newer versions. What that takes is a layer between, made once.
SKEW_RELEASE=$RHEL_NEXT-0.5.el9
SKEW_LIBVIRT=11.3.0-1.el9
SKEW_QEMU=17:10.0.0-1.el9

skew_stamp() { { cat "$CACHE/skew/root.stamp" "$LAB_SH/skew.sh"; echo "$LAB_LAYER"; } | sha256sum | cut -c1-16; }

skew_prepare() {
  [ -s "$CACHE/skew/root.stamp" ] || lab_die "no newer generation: run $LAB_SH/install-skew.sh"
  SKEW_LAYER=$CACHE/skew/layer-$(skew_stamp)
  [ -e "$SKEW_LAYER/var/cache/libvirt/qemu/capabilities" ] || (flock 9 && { [ -e "$SKEW_LAYER/var/cache/libvirt/qemu/capabilities" ] || skew_build 9>&-; }) 9>"$CACHE/skew.lock" || exit 1
  skew_mount
}
skew_mount() {
  [ -d "$LAB/newer" ] && return 0
  cp -a "$SKEW_LAYER" "$LAB/newer"
  [ -d "$LAB/newer/var/cache/libvirt/qemu/capabilities" ] || return 0
  rhel_emulator_time "$LAB/newer" "$CACHE/skew/root"
}
skew_build() {
  echo "lab: building the newer generation (once)" >&2
  rm -rf "$CACHE"/skew/layer-* "$LAB/newer"
  mkdir -p "$SKEW_LAYER/var/lib"
  skew_packages "$SKEW_LAYER"
  skew_mount
  LAB_NO_STORE=1 host_start hostN
  host_ready hostN 120
  rhel_capabilities hostN
  host_stop hostN
  mkdir -p "$SKEW_LAYER/var/cache/libvirt/qemu"
  mv "$CACHE/capabilities.new" "$SKEW_LAYER/var/cache/libvirt/qemu/capabilities"
  rm -rf "$LAB/newer"
}
# The package database of the other hosts, with newer versions of all that virtualization is.
skew_packages() { # layer
  local build=$CACHE/build.skew.$$ evr name old arch
  mkdir -p "$build"
  cp -a "$LAB_LAYER/var/lib/rpm" "$1/var/lib/rpm"
  sed 's/#.*//; /^+/d; /^ *$/d' "$LAB_SH/rhel-packages.txt" | while read -r name old arch; do
    case $name in
      libvirt*) evr=$SKEW_LIBVIRT ;;
      qemu-*) evr=$SKEW_QEMU ;;
      redhat-release) evr=$SKEW_RELEASE ;;
      *) continue ;;
    esac
    : "$old"
    echo "$name $evr ${arch:-x86_64}"
  done >"$build/list"
  rhel_spec <"$build/list" >"$build/newer.spec"
  rpmbuild --quiet -bb --target x86_64 --define "_topdir $build" --define "_build_id_links none" --define "_binary_payload w1.gzdio" \
    --define "source_date_epoch_from_changelog 0" --define "_buildhost build.lab" --define "_rpmdir $build/rpm" \
    "$build/newer.spec" >"$build/log" 2>&1 || { cat "$build/log" >&2; lab_die "rpmbuild failed"; }
  find "$build/rpm" -name '*.rpm' -print0 |
    xargs -0 rpm --root "$1" --dbpath /var/lib/rpm --force-debian --nosignature --noscripts --ignoreos --nodeps -U || lab_die "rpm failed"
  rm -rf "$build"
}
