# What: what keeps a guest from leaving now: snapshots, jobs, block jobs.
# Step: link-source
# Deadline: 20 for 12 guests
# Variables: MC_SYSTEM_GUESTS, UUIDs of the active guests that are judged; for the N-th one
# MC_SYSTEM_DISKS_N, the target names of its disks.
# Without --raw virsh shows a job on stderr, as progress.
block_jobs() {
  for disk in $2; do
    echo "disk $disk"
    limit virsh -q -c qemu:///system blockjob "$1" "$disk" --info --raw || return $?
  done
}
set --
for guest in ${MC_SYSTEM_GUESTS-}; do
  set -- "$@" "snapshots.$guest" "snapshot-list --name $guest" "job.$guest" "domjobinfo $guest"
done
if [ $# -gt 0 ]; then virsh_parts "$@"; fi
number=0
for guest in ${MC_SYSTEM_GUESTS-}; do
  number=$((number + 1))
  eval "disks=\$MC_SYSTEM_DISKS_$number"
  # shellcheck disable=SC2154 # assigned by eval
  part_fn "block-jobs.$guest" block_jobs "$guest" "$disks"
done
