#!/bin/bash
# Install what the virtual machines of the lab need beyond install-uml.sh: a kernel with the Fibre
# Channel drivers. Safe to run again: with everything there it only looks.
#
#   src/lab/sh/install-vm.sh           install what is missing
#   src/lab/sh/install-vm.sh --check   list what is missing; exit 1 when something is
set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
# shellcheck source=packages.sh
. "$here/packages.sh"

packages=(
  procps psmisc iputils-ping # what an administrator's host has
  e2fsprogs                  # makes the root image
)
meta_kernel=linux-image-amd64 # the "cloud" kernel of the guests has no Fibre Channel

missing() {
  packages_missing "${packages[@]}"
  # Unpacked, never installed: nothing of it belongs into the machine.
  [ -s "$CACHE/vm-kernel/vmlinuz" ] || echo "vm-kernel-in-cache"
}

if [ "${1:-}" = --check ]; then
  rc=0
  "$here/install-uml.sh" --check || rc=1
  todo=$(missing)
  [ -z "$todo" ] || { echo "missing: ${todo//$'\n'/ }"; rc=1; }
  exit $rc
fi
"$here/install-uml.sh"
todo=$(missing)
[ -n "$todo" ] || { echo "lab: everything for virtual machines is installed"; exit 0; }
# shellcheck disable=SC2046 # one word per package
packages_install $(grep -vx vm-kernel-in-cache <<<"$todo" || true)
if [ ! -s "$CACHE/vm-kernel/vmlinuz" ]; then
  kernel=$(apt-cache depends "$meta_kernel" | sed -n 's/.*Depends: \(linux-image-[0-9].*\)/\1/p' | head -n 1)
  rm -rf "$CACHE/vm-kernel" "$CACHE/vm-kernel.new"
  package_unpack "${kernel:-$meta_kernel}" "$CACHE/vm-kernel.new"
  cp "$CACHE"/vm-kernel.new/boot/vmlinuz-* "$CACHE/vm-kernel.new/vmlinuz"
  mv "$CACHE/vm-kernel.new" "$CACHE/vm-kernel"
fi

todo=$(missing)
[ -z "$todo" ] || { echo "lab: still missing: ${todo//$'\n'/ }" >&2; exit 1; }
echo "lab: installed; the kernel of the virtual machines is in $CACHE/vm-kernel"
