# shellcheck shell=bash
# What every kind of lab host shares: the work directory, names and addresses, keys, the controller
# namespace with the bridge, and the guests' kernel and initramfs. Source it; it only defines.
#
#   LAB    work directory (default /run/migrate-check-$LAB_NS), one tmpfs with everything that lives while the lab is up
#   LAB_NS prefix of the network namespaces
#   LAB_WORKER number of a further lab of this checkout (1 and up), where LAB_NS is not set
#   CACHE  what is built once and kept (see install.sh)
set -uo pipefail
CACHE=${MIGRATE_CHECK_LAB_CACHE:-/var/cache/migrate-check-lab}
LAB_SH=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# Labs of its own for every checkout, so that several can be up at the same time.
LAB_NS=${LAB_NS:-lab$(cksum <<<"$LAB_SH" | cut -c1-4)${LAB_WORKER:+w$LAB_WORKER}}
LAB=${LAB:-/run/migrate-check-$LAB_NS}
LAB_CTL=$LAB_NS-ctl #  network namespace of the controller; the bridge labbr lives in it
LAB_BRIDGE=labbr     # management, migration and (in the simplest case) guests
LAB_BRIDGE2=labbr2   # a second segment, for guests only
LAB_NET=10.77.0      # /24; .1 controller, hosts below .50, guests from .50
LAB_NET2=10.78.0     # /24 on the second segment; .1 controller, guests from .50

# Every host that the lab can have, with the last byte of its address.
declare -A LAB_ADDRESS=(
  [hostA]=11 [hostB]=12 [hostC]=13 [hostD]=14 # namespace hosts
  [hostN]=15                                  # of a newer generation: install-skew.sh
  [store]=19                                  # namespace host that only serves storage and time
  [umlA]=21 [umlB]=22 [umlC]=23               # user-mode Linux hosts
  [umlS]=29                                   # their storage server: NFS, iSCSI, time
  [vmA]=31 [vmB]=32 [vmS]=39                  # virtual machines; vmS is their storage: Fibre Channel, time
)
# The hosts in a fixed order, one word each.
LAB_HOSTS="hostA hostB hostC hostD hostN store umlA umlB umlC umlS vmA vmB vmS"

lab_die() { echo "lab: $*" >&2; exit 1; }
lab_known() {
  case " $LAB_HOSTS " in *" ${1:-?} "*) ;; *) lab_die "unknown host '${1:-}'; there are: $LAB_HOSTS" ;; esac
}
# User-mode Linux hosts have a storage network as well, and their switch carries VLAN 100.
LAB_SAN=umlS
LAB_SAN_NET=10.76.0
LAB_VLAN_NET=10.79.100
lab_tap() { echo "$1-$2"; } # the controller's end of ethN of a user-mode Linux host
lab_ip() { echo "$LAB_NET.${LAB_ADDRESS[$1]}"; }
# The layers of a host's root below its own changes, and the daemon of its libvirt.
lab_lower() { if [ "$1" = hostN ]; then echo "$LAB/newer:$LAB/layer:$CACHE/skew/root"; else echo "$LAB/layer:/"; fi; }
lab_daemon() { if [ "$1" = hostN ]; then echo virtqemud; else echo libvirtd; fi; }
# A machine's identity: fixed, different for every host. lab_uuid has dashes, lab_machine_id none.
lab_uuid() { printf '4c4c4544-00%02d-4000-8000-0000000000%02d\n' "${LAB_ADDRESS[$1]}" "${LAB_ADDRESS[$1]}"; }
lab_machine_id() { lab_uuid "$1" | tr -d -; }

# Wait until a command succeeds: lab_wait SECONDS COMMAND... (looks every 20 ms)
lab_wait() {
  local until=$((${EPOCHREALTIME/./} + $1 * 1000000))
  shift
  until "$@"; do
    [ "${EPOCHREALTIME/./}" -lt "$until" ] || return 1
    sleep 0.02
  done
}

# /etc/hosts of every host and of the controller.
lab_hosts_file() {
  local h
  echo "127.0.0.1 localhost"
  echo "$LAB_NET.1 controller.lab controller"
  for h in $LAB_HOSTS; do echo "$(lab_ip "$h") $h.lab $h"; done
}

lab_workdir() {
  mkdir -p "$LAB"
  mountpoint -q "$LAB" || mount -t tmpfs -o mode=755,size=75% migrate-check-lab "$LAB"
}

# Keys and ssh configuration. $LAB/ssh becomes ~/.ssh of root on the controller. Every host has a
# user key ($LAB/userkeys) and a host key ($LAB/hostkeys) of its own; all accept and know each other.
lab_keys() {
  local dir=$LAB/ssh h
  [ -s "$dir/known_hosts" ] && return 0
  mkdir -p "$dir" "$LAB/hostkeys" "$LAB/userkeys"
  chmod 700 "$dir" "$LAB/hostkeys" "$LAB/userkeys"
  ssh-keygen -q -t ed25519 -N '' -C controller.lab -f "$dir/id_ed25519"
  cp "$dir/id_ed25519.pub" "$dir/authorized_keys"
  for h in $LAB_HOSTS; do
    ssh-keygen -q -t ed25519 -N '' -C "$h.lab" -f "$LAB/hostkeys/$h"
    ssh-keygen -q -t ed25519 -N '' -C "root@$h.lab" -f "$LAB/userkeys/$h"
    cat "$LAB/userkeys/$h.pub" >>"$dir/authorized_keys"
    echo "$h,$h.lab,$(lab_ip "$h") $(cut -d' ' -f1,2 "$LAB/hostkeys/$h.pub")"
  done >"$dir/known_hosts.new"
  # A host with a kernel of its own needs time to begin a session where the machine has other work.
  cat >"$dir/config" <<C
Host uml? uml?.lab vm? vm?.lab
  ConnectTimeout 60
Host host? host?.lab store store.lab uml? uml?.lab vm? vm?.lab $LAB_NET.*
  User root
  StrictHostKeyChecking yes
  BatchMode yes
  ConnectTimeout 5
C
  chmod 600 "$dir"/*
  mv "$dir/known_hosts.new" "$dir/known_hosts"
}

# The controller: a network namespace with the bridge, and a process that holds a mount namespace in
# which ~/.ssh and /etc/hosts are the lab's. `lab_ctl COMMAND...` runs there, like on an
# administrator's own machine, in the current directory.
lab_ctl_up() {
  local ssh_home
  [ -n "$(lab_ctl_pid)" ] && return 0
  ip netns add "$LAB_CTL"
  ip -n "$LAB_CTL" link add "$LAB_BRIDGE" type bridge forward_delay 0
  ip -n "$LAB_CTL" link add "$LAB_BRIDGE2" up type bridge forward_delay 0
  ip -n "$LAB_CTL" addr add "$LAB_NET2.1/24" dev "$LAB_BRIDGE2"
  ip -n "$LAB_CTL" addr add "$LAB_NET.1/24" dev "$LAB_BRIDGE"
  ip -n "$LAB_CTL" link set "$LAB_BRIDGE" up
  ip -n "$LAB_CTL" link set lo up
  mkdir -p "$LAB/ctl"
  lab_hosts_file >"$LAB/ctl/hosts"
  ssh_home=$(getent passwd 0 | cut -d: -f6)/.ssh
  [ -d "$ssh_home" ] || { mkdir -m 700 "$ssh_home" && echo "$ssh_home" >"$LAB/ctl/made-ssh-home"; }
  # shellcheck disable=SC2016 # the inner shell expands
  setsid ip netns exec "$LAB_CTL" unshare --mount --propagation private /bin/bash -c '
    mount --bind "$1/ssh" "$2" && mount --bind "$1/ctl/hosts" /etc/hosts && : >"$1/ctl/ready" || exit 1
    exec sleep infinity' controller "$LAB" "$ssh_home" </dev/null >"$LAB/ctl/log" 2>&1 &
  echo $! >"$LAB/ctl/pid"
  disown
  lab_wait 5 test -e "$LAB/ctl/ready" || lab_die "the controller did not start: $(cat "$LAB/ctl/log")"
}
lab_ctl_pid() { lab_pid "$LAB/ctl/pid" 'sleep.infinity'; }
# The pid in a file, if that process lives and is still the one that is meant: pids are used again.
lab_pid() { # file pattern-of-its-command-line
  local pid
  pid=$(cat "$1" 2>/dev/null) || return 0
  if grep -qa "$2" "/proc/$pid/cmdline" 2>/dev/null; then echo "$pid"; fi
}
lab_ctl() {
  local pid
  pid=$(lab_ctl_pid)
  [ -n "$pid" ] || lab_die "the lab is down"
  # shellcheck disable=SC2016
  exec nsenter -t "$pid" -m -n -- /usr/bin/env -u SSH_AUTH_SOCK /bin/sh -c 'cd "$1" && shift && exec "$@"' ctl "$PWD" "$@"
}
lab_ssh() { # HOST COMMAND... as root
  local host=$1
  lab_known "$host"
  shift
  lab_ctl ssh -o LogLevel=ERROR "$host" "$@"
}
lab_ctl_down() {
  local pid
  pid=$(lab_ctl_pid)
  if [ -n "$pid" ]; then kill -9 "$pid" 2>/dev/null; fi
  # Not while another lab covers it: the kernel would take the cover away with it.
  if [ -s "$LAB/ctl/made-ssh-home" ] && [ "$(echo /run/migrate-check-*)" = "$LAB" ]; then
    rmdir "$(cat "$LAB/ctl/made-ssh-home")" 2>/dev/null
  fi
  if [ -e "/run/netns/$LAB_CTL" ]; then ip netns del "$LAB_CTL"; fi
  return 0
}
# Last step of `down`, when no host is left.
lab_workdir_down() {
  mountpoint -q "$LAB" && { lab_wait 5 umount "$LAB" 2>/dev/null || umount -l "$LAB"; }
  rmdir "$LAB" 2>/dev/null
  return 0
}
# Kill what holds a host (its process 1 or the unshare above it) and wait until it is gone.
lab_kill() {
  [ -d "/proc/$1" ] || return 0
  kill -9 "$1" 2>/dev/null
  # shellcheck disable=SC2016
  lab_wait 5 sh -c '! [ -d /proc/$0 ] || grep -q "^State:.Z" /proc/$0/status' "$1"
}

# Kernel and initramfs of the guests, built once for all checkouts that want the same ones, into
# $LAB_GUEST: vmlinuz and initrd.gz.
lab_guest_image() {
  LAB_GUEST=$CACHE/guest-$({ declare -f lab_guest_build; cat "$LAB_SH/guest-init"
    stat -c %Y "$CACHE/kernel/vmlinuz"; } 2>/dev/null | sha256sum | cut -c1-16)
  [ -d "$LAB_GUEST" ] || (flock 9 && { [ -d "$LAB_GUEST" ] || lab_guest_build 9>&-; }) 9>"$CACHE/guest.lock" || exit 1
}
# The system of guests that have to be small, built once: LAB_TICKER, 1 MiB with a boot sector.
lab_ticker() {
  LAB_TICKER=$CACHE/ticker-$(sha256sum <"$LAB_SH/ticker.s" | cut -c1-16)
  [ ! -s "$LAB_TICKER" ] || return 0
  local new=$LAB_TICKER.$$
  as --32 -o "$new.o" "$LAB_SH/ticker.s" && objcopy -O binary -j .text "$new.o" "$new" && rm "$new.o" &&
    truncate -s 1M "$new" && mv "$new" "$LAB_TICKER" || lab_die "the guests' boot sector cannot be built"
}
lab_guest_build() {
  [ -s "$CACHE/kernel/vmlinuz" ] || lab_die "no guest kernel: run $LAB_SH/install.sh"
  local modules root m new=$LAB_GUEST.$$
  modules=$(echo "$CACHE"/kernel/lib/modules/*/kernel)
  root=$new/root
  mkdir -p "$root"/{bin,proc,sys,dev,tmp,lib}
  cp /bin/busybox "$root/bin/busybox"
  for m in sh mount insmod sleep usleep dd cat ip echo mkdir ls seq sed tr cut; do ln -s busybox "$root/bin/$m"; done
  # In the order in which they must be loaded.
  for m in drivers/virtio/{virtio_ring,virtio,virtio_pci_modern_dev,virtio_pci_legacy_dev,virtio_pci} \
    drivers/block/virtio_blk net/core/failover drivers/net/{net_failover,virtio_net}; do
    cp "$modules/$m.ko" "$root/lib/" || lab_die "the guest kernel has no module $m"
    echo "${m##*/}"
  done >"$root/lib/order"
  install -m 755 "$LAB_SH/guest-init" "$root/init"
  (cd "$root" && find . | busybox cpio -o -H newc 2>/dev/null | gzip -1) >"$new/initrd.gz"
  cp "$CACHE/kernel/vmlinuz" "$new/vmlinuz"
  rm -rf "$root"
  mv "$new" "$LAB_GUEST"
}
