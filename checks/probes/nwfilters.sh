# What: libvirt's network filters.
# Step: host
# Deadline: 15
# Asks: nwfilter-list
part list asked nwfilter-list
dumps=
for word in $(part_output list); do
  case $word in
  ????????-????-????-????-????????????)
    case $word in
    *[!0-9a-f-]*) ;;
    *) dumps="${dumps}nwfilter-dumpxml $word; " ;;
    esac
    ;;
  esac
done
if [ -n "$dumps" ]; then part xml virsh -q -c qemu:///system "$dumps"; fi
