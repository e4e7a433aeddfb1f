# What: every guest that libvirt knows on this host: state, live, inactive and migratable XML.
# Step: host
# Deadline: 20
part list virsh -q -c qemu:///system list --all --uuid
part autostart virsh -q -c qemu:///system list --all --autostart --uuid
part persistent virsh -q -c qemu:///system list --all --persistent --uuid
for guest in $(part_output list); do
  case $guest in
  *[!0-9a-f-]*) continue ;;
  esac
  part "state.$guest" virsh -q -c qemu:///system domstate --reason "$guest"
  part "xml.$guest" virsh -q -c qemu:///system dumpxml "$guest"
  part "inactive.$guest" virsh -q -c qemu:///system dumpxml --inactive "$guest"
  part "migratable.$guest" virsh -q -c qemu:///system dumpxml --migratable "$guest"
done
