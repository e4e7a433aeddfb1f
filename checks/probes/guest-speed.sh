# What: how fast libvirt may send each judged guest, in MiB/s, and how long it may stand still, in ms.
# Step: link-source
# Deadline: 15 for 40 guests
# Variables: MC_SYSTEM_GUESTS, UUIDs of the active guests that are judged.
set --
for guest in ${MC_SYSTEM_GUESTS-}; do
  set -- "$@" "speed.$guest" "migrate-getspeed $guest" "pause.$guest" "migrate-getmaxdowntime $guest"
done
if [ $# -gt 0 ]; then virsh_parts "$@"; fi
