# What: how fast libvirt may send each judged guest, in MiB/s, and how long it may stand still, in ms.
# Step: link-source
# Deadline: 15
# Variables: MC_SYSTEM_GUESTS, UUIDs of the active guests that are judged.
for guest in ${MC_SYSTEM_GUESTS-}; do
  virsh_parts "speed.$guest" "migrate-getspeed $guest" "pause.$guest" "migrate-getmaxdowntime $guest"
done
