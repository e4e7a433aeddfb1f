#!/bin/bash
# Install what the lab needs on a Debian 12 machine. Safe to run again: with everything there it
# only looks and takes well under a second.
#
#   src/lab/sh/install.sh           install what is missing
#   src/lab/sh/install.sh --check   list what is missing; exit 1 when something is
set -euo pipefail
cache=${MIGRATE_CHECK_LAB_CACHE:-/var/cache/migrate-check-lab}

# libvirt-daemon-system stays out on purpose: it drags systemd along. chrony stays out of the
# machine too, for it conflicts with every other time daemon; the hosts get it from the cache.
packages=(
  qemu-system-x86 qemu-utils ovmf                                     # guests
  libvirt-daemon libvirt-daemon-driver-qemu libvirt-clients           # hosts
  openssh-server openssh-client sudo iproute2 nftables iptables
  dnsmasq-base netcat-openbsd socat python3-minimal
  glusterfs-server glusterfs-client bindfs                            # shared storage
  busybox-static                                                      # the guests' system
  rpm dnf createrepo-c                                                # the RHEL look
)
# Unpacked into the cache, never installed: a guest kernel and a time daemon.
meta_kernel=linux-image-cloud-amd64

missing() {
  local have p
  have=$(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' "${packages[@]}" 2>/dev/null | sed -n 's/^ii *//p') || true
  for p in "${packages[@]}"; do grep -qxF -- "$p" <<<"$have" || echo "$p"; done
  [ -s "$cache/kernel/vmlinuz" ] || echo "guest-kernel"
  [ -x "$cache/chrony/usr/sbin/chronyd" ] || echo "chrony-in-cache"
}

# Unpack one Debian package below a directory of the cache.
unpack() { # package directory
  local dir
  dir=$(mktemp -d)
  (cd "$dir" && apt-get download -qq -o APT::Sandbox::User=root "$1" >/dev/null && dpkg -x ./*.deb "$2")
  rm -rf "$dir"
}

todo=$(missing)
if [ "${1:-}" = --check ]; then
  [ -z "$todo" ] || { echo "missing: ${todo//$'\n'/ }"; exit 1; }
  exit 0
fi
[ -n "$todo" ] || { echo "lab: everything is installed"; exit 0; }
[ "$(id -u)" = 0 ] || { echo "lab: run this as root" >&2; exit 2; }
command -v apt-get >/dev/null || { echo "lab: this needs Debian or Ubuntu (apt-get)" >&2; exit 2; }

export DEBIAN_FRONTEND=noninteractive
apt-get update -qq || echo "lab: package lists could not be refreshed, going on with the old ones" >&2

if [ ! -e /usr/sbin/policy-rc.d ]; then # installing must not start daemons on this machine
  printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d
  chmod 755 /usr/sbin/policy-rc.d
  trap 'rm -f /usr/sbin/policy-rc.d' EXIT
fi
wanted=$(grep -vxE 'guest-kernel|chrony-in-cache' <<<"$todo" || true)
if [ -n "$wanted" ]; then
  # shellcheck disable=SC2086 # one word per package
  apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 $wanted >/dev/null
fi

mkdir -p "$cache"
if [ ! -s "$cache/kernel/vmlinuz" ]; then
  kernel=$(apt-cache depends "$meta_kernel" | sed -n 's/.*Depends: \(linux-image-[0-9].*\)/\1/p' | head -n 1)
  rm -rf "$cache/kernel" "$cache/guest"
  mkdir -p "$cache/kernel"
  unpack "${kernel:-$meta_kernel}" "$cache/kernel"
  cp "$cache"/kernel/boot/vmlinuz-* "$cache/kernel/vmlinuz"
fi
if [ ! -x "$cache/chrony/usr/sbin/chronyd" ]; then
  mkdir -p "$cache/chrony"
  unpack chrony "$cache/chrony"
fi

todo=$(missing)
[ -z "$todo" ] || { echo "lab: still missing: ${todo//$'\n'/ }" >&2; exit 1; }
echo "lab: installed; the cache is $cache"
