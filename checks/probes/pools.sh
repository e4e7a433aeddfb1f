# What: libvirt's storage pools, and the volumes of pools whose volumes are devices.
# Step: host
# Deadline: 20
# Asks: pool-list --all --uuid
names() {
  if asked 'pool-list --all --uuid'; then return; fi
  # Before libvirt 4.5 the list can only be had as a table.
  table=$(limit virsh -q -c qemu:///system pool-list --all) || return
  printf '%s\n' "$table" | awk '{ print $1 }'
}
details() {
  commands=
  for pool in $(part_output names); do
    case $pool in
    *[!A-Za-z0-9._-]*) continue ;;
    esac
    commands="$commands pool-info $pool; pool-dumpxml $pool;"
  done
  if [ -n "$commands" ]; then
    limit virsh -q -c qemu:///system "$commands" || return
  fi
  echo end
}
device_volumes() {
  for pool in $(part_output details | awk '/^UUID:/ { uuid = $2 } /^<pool type=.(iscsi|scsi|mpath|disk|logical)./ { print uuid }'); do
    case $pool in
    *[!a-f0-9-]*) continue ;;
    esac
    echo "pool $pool"
    # An inactive pool has no list; that it is inactive is known from its details.
    limit virsh -q -c qemu:///system vol-list "$pool"
  done
  echo end
}
part names names
part details details
part volumes device_volumes
