# What: what the host can still give: processors, NUMA nodes, file space, cgroup limits, asynchronous I/O, nested KVM.
# Step: host
# Deadline: 10
# Files of /proc/sys give their value only to who reads it at once, which the shell's own read does not.
one() {
  if [ ! -r "$2" ]; then return; fi
  case $2 in
  /proc/sys/*) value=$(cat "$2") ;;
  *) read -r value <"$2" || [ -n "$value" ] || value= ;;
  esac
  echo "$1 $value"
}
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
space() {
  backing=$(sed -n 's/^[[:space:]]*memory_backing_dir[[:space:]]*=[[:space:]]*"\(.*\)".*/\1/p' /etc/libvirt/qemu.conf 2>/dev/null | tail -n 1)
  uses=
  set --
  for entry in log:/var/log/libvirt log:/var/log/libvirt/qemu state:/var/lib/libvirt state:/var/lib/libvirt/qemu \
    state:/run/libvirt state:/run/libvirt/qemu state:/etc/libvirt/qemu swtpm:/var/lib/libvirt/swtpm "backing:${backing:-/var/lib/libvirt/qemu/ram}"; do
    directory=${entry#*:}
    # What does not exist yet will be made in the directory above it.
    while [ ! -d "$directory" ] && [ -n "${directory%/*}" ]; do directory=${directory%/*}; done
    uses="$uses ${entry%%:*}"
    set -- "$@" "$directory"
  done
  # One process for all: it answers in the order in which it was asked.
  limit stat -f -c '%S %b %f %c %d	%n' -- "$@" | {
    for use in $uses; do
      IFS= read -r line || exit 1
      printf '%s\t%s\n' "$use" "$line"
    done
  } || return
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
  read -r words </proc/cmdline
  for word in $words; do
    case $word in
    tsx=* | mitigations=* | nosmt | nosmt=* | clearcpuid=* | noxsave | noxsaves | nopku | nosgx | nopti | pti=* | spectre_v2=* | \
      kvm_intel.nested=* | kvm_amd.nested=* | tsc=* | clocksource=* | intel_iommu=* | nohz_full=* | isolcpus=*) echo "cmdline $word" ;;
    esac
  done
  echo end
}
part processors processors
part nodes nodes
part space space
part limits limits
part mitigations mitigations
