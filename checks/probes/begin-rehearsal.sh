# What: whether libvirt begins a migration of each guest, towards the very host it runs on, which always ends in a refusal.
# Step: link-source
# Deadline: 30 for 20 guests
# Alone: yes
# Side effect: let libvirt begin a migration of each guest to its own host, which it refuses before anything is sent; the guest goes on running.
# Variables: MC_SYSTEM_GUESTS, UUIDs of the active guests that are judged.
# The URI is this host's own and nothing else, ever: the same daemon refuses itself.
for guest in ${MC_SYSTEM_GUESTS-}; do
  part "begin.$guest" virsh -q -c qemu:///system migrate --live "$guest" qemu:///system
done
