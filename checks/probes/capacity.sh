# What: what the host can still give: processors, NUMA nodes, file space, cgroup limits, asynchronous I/O, nested KVM.
# Step: host
# Deadline: 10
# Files of /proc/sys give their value only to who reads it at once, which the shell's own read does not.
one() { if [ -r "$2" ]; then echo "$1 $(cat "$2")"; fi; }
processors() {
  one online /sys/devices/system/cpu/online
  one isolated /sys/devices/system/cpu/isolated
  one nested /sys/module/kvm_intel/parameters/nested
  one nested /sys/module/kvm_amd/parameters/nested
  echo end
}
nodes() {
  for node in /sys/devices/system/node/node[0-9]*; do
    if [ ! -d "$node" ]; then continue; fi
    sed -n "s/^Node *[0-9]* *MemFree: *\([0-9]*\) kB.*/${node##*/} free \1/p" "$node/meminfo"
    for pool in "$node"/hugepages/hugepages-*; do
      if [ -r "$pool/free_hugepages" ]; then
        read -r free <"$pool/free_hugepages"
        echo "${node##*/} ${pool##*/} $free"
      fi
    done
  done
  echo end
}
mount_mode() { # DIRECTORY: ro or rw, as its file system is mounted
  real=$(cd -P "$1" && pwd -P) || return
  awk -v d="$real" '{
    if (($2 == "/" || d == $2 || index(d, $2 "/") == 1) && length($2) >= n) { n = length($2); split($4, o, ",") }
  } END { print o[1] }' /proc/self/mounts
}
passable() { # DIRECTORY: open, or closed where root alone may pass it or one above it, and QEMU does not run as root
  if sed -n 's/^[[:space:]]*user[[:space:]]*=[[:space:]]*//p' /etc/libvirt/qemu.conf 2>/dev/null | grep -Eq "^[\"'](root|[+]?0)[\"']"; then
    echo open
    return
  fi
  above=$1
  while [ -n "$above" ]; do
    case $(stat -L -c '%u %a' "$above") in
      "0 "*[0246][0246]) echo closed && return ;;
      "") return 1 ;;
    esac
    above=${above%/*}
  done
  echo open
}
space() {
  backing=$(sed -n 's/^[[:space:]]*memory_backing_dir[[:space:]]*=[[:space:]]*"\(.*\)".*/\1/p' /etc/libvirt/qemu.conf 2>/dev/null | tail -n 1)
  for entry in log:/var/log/libvirt log:/var/log/libvirt/qemu state:/var/lib/libvirt state:/var/lib/libvirt/qemu \
    state:/run/libvirt swtpm:/var/lib/libvirt/swtpm "backing:${backing:-/var/lib/libvirt/qemu/ram}"; do
    directory=${entry#*:}
    # What does not exist yet will be made in the directory above it.
    while [ ! -d "$directory" ] && [ -n "${directory%/*}" ]; do directory=${directory%/*}; done
    figures=$(limit stat -f -c '%S %b %f %c %d' "$directory") || return
    printf '%s\t%s %s %s\t%s\n' "${entry%%:*}" "$figures" "$(mount_mode "$directory")" "$(passable "$directory")" "$directory"
  done
  echo end
}
limits() {
  one aio-nr /proc/sys/fs/aio-nr
  one aio-max-nr /proc/sys/fs/aio-max-nr
  sed -n 's/^[[:space:]]*cgroup_controllers[[:space:]]*=[[:space:]]*/allowed /p' /etc/libvirt/qemu.conf 2>/dev/null
  if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
    one controllers /sys/fs/cgroup/cgroup.controllers
    for slice in machine.slice machine; do
      one memory-limit "/sys/fs/cgroup/$slice/memory.max"
      one memory-used "/sys/fs/cgroup/$slice/memory.current"
    done
  else
    for controller in cpuset cpu memory blkio; do
      if [ -d "/sys/fs/cgroup/$controller" ]; then echo "old $controller"; fi
    done
    for slice in machine.slice machine; do
      one memory-limit "/sys/fs/cgroup/memory/$slice/memory.limit_in_bytes"
      one memory-used "/sys/fs/cgroup/memory/$slice/memory.usage_in_bytes"
    done
  fi
  echo end
}
mitigations() {
  grep -s . /sys/devices/system/cpu/vulnerabilities/* /dev/null | sed 's|^[^:]*/\([^/:]*\):|state \1 |'
  # Only words about the processor: a command line can hold secrets.
  # shellcheck disable=SC2013 # words are what is wanted
  for word in $(cat /proc/cmdline); do
    case $word in
    tsx=* | mitigations=* | nosmt | nosmt=* | clearcpuid=* | noxsave | noxsaves | nopku | nosgx | nopti | pti=* | spectre_v2=* | \
      kvm_intel.nested=* | kvm_amd.nested=* | tsc=* | clocksource=* | intel_iommu=* | nohz_full=* | isolcpus=*) echo "cmdline $word" ;;
    esac
  done
  echo end
}
part_fn processors processors
part_fn nodes nodes
part_fn space space
part_fn limits limits
part_fn mitigations mitigations
