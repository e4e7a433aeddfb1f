#!/bin/bash
# Install what the lab needs on a Debian 12 machine. Safe to run again: with everything there it
# only looks and takes well under a second.
#
#   src/lab/sh/install.sh           install what is missing
#   src/lab/sh/install.sh --check   list what is missing; exit 1 when something is
set -euo pipefail
# shellcheck source=packages.sh
. "$(dirname "$(readlink -f "$0")")/packages.sh"

# libvirt-daemon-system stays out on purpose: it drags systemd along. chrony stays out of the
# machine too, for it conflicts with every other time daemon; the hosts get it from the cache.
packages=(
  qemu-system-x86 qemu-utils ovmf swtpm swtpm-tools                  # guests
  libvirt-daemon libvirt-daemon-driver-qemu libvirt-clients           # hosts
  openssh-server openssh-client sudo iproute2 nftables iptables
  dnsmasq-base netcat-openbsd socat python3-minimal iputils-ping
  qemu-block-extra tgt                                                # network disks
  glusterfs-server glusterfs-client bindfs                            # shared storage
  busybox-static binutils                                             # the guests' systems
  rpm dnf createrepo-c                                                # the RHEL look
)
# Unpacked into the cache, never installed: a guest kernel and a time daemon.
meta_kernel=linux-image-cloud-amd64

missing() {
  packages_missing "${packages[@]}"
  [ -s "$CACHE/kernel/vmlinuz" ] || echo "guest-kernel"
  [ -x "$CACHE/chrony/usr/sbin/chronyd" ] || echo "chrony-in-cache"
}

todo=$(missing)
if [ "${1:-}" = --check ]; then
  [ -z "$todo" ] || { echo "missing: ${todo//$'\n'/ }"; exit 1; }
  exit 0
fi
[ -n "$todo" ] || { echo "lab: everything is installed"; exit 0; }
wanted=$(grep -vxE 'guest-kernel|chrony-in-cache' <<<"$todo" || true)
# shellcheck disable=SC2086 # one word per package
packages_install $wanted

mkdir -p "$CACHE"
if [ ! -s "$CACHE/kernel/vmlinuz" ]; then
  kernel=$(apt-cache depends "$meta_kernel" | sed -n 's/.*Depends: \(linux-image-[0-9].*\)/\1/p' | head -n 1)
  rm -rf "$CACHE/kernel" "$CACHE"/guest-*
  package_unpack "${kernel:-$meta_kernel}" "$CACHE/kernel"
  cp "$CACHE"/kernel/boot/vmlinuz-* "$CACHE/kernel/vmlinuz"
fi
if [ ! -x "$CACHE/chrony/usr/sbin/chronyd" ]; then
  package_unpack chrony "$CACHE/chrony"
fi

todo=$(missing)
[ -z "$todo" ] || { echo "lab: still missing: ${todo//$'\n'/ }" >&2; exit 1; }
echo "lab: installed; the cache is $CACHE"
