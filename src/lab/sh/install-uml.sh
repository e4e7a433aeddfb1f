#!/bin/bash
# Install what the user-mode Linux hosts of the lab need beyond install.sh. Safe to run again: with
# everything there it only looks and takes well under a second.
#
#   src/lab/sh/install-uml.sh           install what is missing
#   src/lab/sh/install-uml.sh --check   list what is missing; exit 1 when something is
set -euo pipefail
# shellcheck source=packages.sh
. "$(dirname "$(readlink -f "$0")")/packages.sh"

packages=(
  kmod udev                                        # modules; /dev/disk/by-path
  open-iscsi multipath-tools lvm2 lsscsi sg3-utils # SAN clients
  tgt nfs-kernel-server nfs-common rpcbind         # NFS and iSCSI servers
  gfs2-utils corosync dlm-controld                 # a cluster file system
  binutils                                         # makes the guests' system
)

missing() {
  packages_missing "${packages[@]}"
  # Unpacked, never installed: nothing of it belongs into the machine.
  [ -x "$CACHE/uml/usr/bin/linux.uml" ] || echo "user-mode-linux-in-cache"
}

if [ "${1:-}" = --check ]; then
  rc=0
  "$(dirname "$(readlink -f "$0")")/install.sh" --check || rc=1
  todo=$(missing)
  [ -z "$todo" ] || { echo "missing: ${todo//$'\n'/ }"; rc=1; }
  exit $rc
fi
"$(dirname "$(readlink -f "$0")")/install.sh"
todo=$(missing)
[ -n "$todo" ] || { echo "lab: everything for user-mode Linux is installed"; exit 0; }
# shellcheck disable=SC2046 # one word per package
packages_install $(grep -vx user-mode-linux-in-cache <<<"$todo" || true)
if [ ! -x "$CACHE/uml/usr/bin/linux.uml" ]; then
  rm -rf "$CACHE/uml" "$CACHE/uml.new"
  package_unpack user-mode-linux "$CACHE/uml.new"
  mv "$CACHE/uml.new" "$CACHE/uml"
fi

todo=$(missing)
[ -z "$todo" ] || { echo "lab: still missing: ${todo//$'\n'/ }" >&2; exit 1; }
echo "lab: installed; the user-mode Linux kernel is in $CACHE/uml"
