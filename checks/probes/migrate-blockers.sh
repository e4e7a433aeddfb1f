# What: what QEMU itself says keeps each guest from migrating.
# Step: link-source
# Deadline: 20 for 20 guests
# Alone: yes
# Side effect: asked each guest's QEMU by its monitor what keeps it from migrating; libvirt notes custom-monitor in the guest's log.
# Variables: MC_SYSTEM_GUESTS, UUIDs of the active guests that are judged.
for guest in ${MC_SYSTEM_GUESTS-}; do
  part "blockers.$guest" virsh -q -c qemu:///system qemu-monitor-command "$guest" '{"execute":"query-migrate"}'
done
