# What: libvirt's virtual networks: whether active, persistent and started with the host, and their XML.
# Step: host
# Deadline: 20
# Asks: net-list --all --uuid

# The daemons that may serve networks here: without one, there are no networks.
daemons() {
  for daemon in virtnetworkd libvirtd; do
    if command -v "$daemon" >/dev/null 2>&1; then echo "$daemon"; fi
  done
  echo end
}

# each COMMAND: one virsh command for every network. What is no UUID is left out, and missed by the reader.
each() {
  for uuid in $(part_output list); do
    case $uuid in
    *[!0-9a-f-]*) ;;
    *) printf '%s %s; ' "$1" "$uuid" ;;
    esac
  done
}

part daemons daemons
part list asked 'net-list --all --uuid'
info=$(each net-info)
if [ -n "$info" ]; then
  virsh_parts info "$info" live "$(each net-dumpxml)" inactive "$(each 'net-dumpxml --inactive')"
fi
