# What: what this host's QEMU can do for the machines of the guests, and whether files behind their memory exist.
# Step: link-destination
# Deadline: 30 for 20 guests
# Variables: MC_HOST_PLATFORMS, a number; for the N-th one MC_HOST_EMULATOR_N, MC_HOST_ARCH_N, MC_HOST_MACHINE_N,
# MC_HOST_TYPE_N (kvm or qemu). MC_HOST_PATHS, paths of memory devices, each on a line.
capabilities() {
  if [ -n "$3" ]; then
    limit virsh -q -c qemu:///system domcapabilities --emulatorbin "$1" --arch "$2" --machine "$3" --virttype "$4"
  else
    limit virsh -q -c qemu:///system domcapabilities --emulatorbin "$1" --arch "$2" --virttype "$4"
  fi
}
paths() {
  printf '%s\n' "${MC_HOST_PATHS-}" | while read -r path; do
    if [ -z "$path" ]; then continue; fi
    if [ -b "$path" ]; then
      size=$(limit blockdev --getsize64 "$path") || size=unknown
      printf 'block\t%s\t%s\n' "$size" "$path"
    elif [ -e "$path" ]; then
      # A file system behind a dead server must not hold this up.
      size=$(limit stat -L -c %s "$path") || size=unknown
      printf 'file\t%s\t%s\n' "$size" "$path"
    else
      printf 'absent\t\t%s\n' "$path"
    fi
  done
  echo end
}
number=0
while [ "$number" -lt "${MC_HOST_PLATFORMS:-0}" ]; do
  number=$((number + 1))
  eval "emulator=\$MC_HOST_EMULATOR_$number arch=\$MC_HOST_ARCH_$number machine=\$MC_HOST_MACHINE_$number type=\$MC_HOST_TYPE_$number"
  # shellcheck disable=SC2154 # assigned by eval
  part_fn "capabilities.$number" capabilities "$emulator" "$arch" "$machine" "$type"
done
part paths paths
