# What: memory in use of each judged guest and how much of it changes within one and two seconds (QEMU compares samples of
#   its pages; the guest does not notice), how busy its processors, its disks and the links of this host are.
# Step: link-source
# Deadline: 15 for 20 guests
# Variables: MC_SYSTEM_GUESTS, UUIDs of the active guests that are judged; MC_SYSTEM_TYPE_n, the n-th one's type.
stats() { # OPTION...
  # shellcheck disable=SC2086 # one word for each guest
  limit virsh -q -c qemu:///system domstats "$@" $MC_SYSTEM_GUESTS
}
use() {
  read -r up _ </proc/uptime && echo "up $up"
  stats --balloon --vcpu --block
}
links() {
  read -r up _ </proc/uptime && echo "up $up"
  cd /sys/class/net && limit grep -s '' ./*/statistics/tx_bytes /dev/null
  echo end
}
# It returns at once. A guest whose sampling cannot begin keeps the result of an earlier one, which its start tells.
begin() { # SECONDS
  commands=
  for guest in $MC_SYSTEM_GUESTS; do commands="$commands domdirtyrate-calc $guest --seconds $1;"; done
  said=$(limit virsh -c qemu:///system "$commands" 2>&1)
  status=$?
  printf '%s\n' "$said"
  case $said in *successfully*) return 0 ;; *) return $status ;; esac
}
result() { # SECONDS
  limit sleep "$1"
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    said=$(stats --dirtyrate) || return
    case $said in *dirtyrate.calc_status=1*) limit sleep 0.1 ;; *) break ;; esac
  done
  printf '%s\n' "$said"
}
# Guests that change 2 MiB in a second at most converge over any link: a longer look at them would tell nothing.
busy() {
  part_output result-1 | grep -q '\.megabytes_per_second=\([3-9]\|[0-9][0-9]\)'
}
# Emulation has large memory of its own, so libvirt's figure for the process does not tell the guest's.
resident() { # UUID: KiB of large plain mappings that exist in memory
  # shellcheck disable=SC2013 # names in /proc have no blanks
  for file in $(limit grep -lsaF -- "$1" /proc/[0-9]*/cmdline); do
    tr '\0' '\n' <"$file" 2>/dev/null | grep -xA1 -e -uuid | grep -qxF "$1" || continue
    pid=${file#/proc/}
    pid=${pid%/cmdline}
    # shellcheck disable=SC2016 # it is awk that expands
    limit awk '/^[0-9a-f]+-[0-9a-f]+ / { plain = ($2 ~ /^rw-/) }
      /^Size:/ { large = ($2 >= 32768) }
      /^(Rss|Swap):/ && plain && large { sum += $2 }
      END { print sum + 0 }' "/proc/$pid/smaps"
    return
  done
}
if [ -n "${MC_SYSTEM_GUESTS-}" ]; then
  part_fn before stats --dirtyrate
  part_fn links-1 links
  part_fn use-1 use
  if part_fn begin-1 begin 1; then
    part_fn result-1 result 1.05
    if busy && part_fn begin-2 begin 2; then part_fn result-2 result 2.05; fi
  else
    sleep 1
  fi
  part_fn use-2 use
  part_fn links-2 links
  n=0
  for guest in $MC_SYSTEM_GUESTS; do
    n=$((n + 1))
    eval "type=\${MC_SYSTEM_TYPE_$n-}"
    if [ "$type" = qemu ]; then part_fn "resident.$guest" resident "$guest"; fi
  done
fi
