# What: network links with bridges, their ports and settings, bonds, VLANs and addresses.
# Step: host
# Deadline: 10

# One line per attribute: ./LINK/ATTRIBUTE:VALUE. /sys tells every link of this network namespace;
# a link's name has neither '/' nor blanks. Reading some attributes of a link that is down fails, which says as much.
links() {
  cd /sys/class/net || return
  limit grep -s '' ./*/ifindex ./*/flags ./*/mtu ./*/address ./*/operstate ./*/carrier ./*/speed \
    ./*/tun_flags ./*/brport/state ./*/brport/isolated ./*/brport/learning ./*/brport/unicast_flood \
    ./*/brport/multicast_flood ./*/brport/broadcast_flood ./*/brport/neigh_suppress ./*/brport/proxyarp \
    ./*/brport/hairpin_mode /dev/null
  limit grep -s '^DEVTYPE=' ./*/uevent /dev/null
  limit grep -s '' ./*/bridge/stp_state ./*/bridge/forward_delay ./*/bridge/hello_time ./*/bridge/max_age \
    ./*/bridge/ageing_time ./*/bridge/priority ./*/bridge/group_fwd_mask \
    ./*/bridge/multicast_snooping ./*/bridge/multicast_querier ./*/bridge/vlan_filtering \
    ./*/bridge/vlan_protocol ./*/bridge/default_pvid /dev/null
  limit grep -s '' ./*/bonding/mode ./*/bonding/slaves ./*/bonding/primary ./*/bonding/miimon \
    ./*/bonding/xmit_hash_policy ./*/bonding/lacp_rate /dev/null
  for entry in ./*/device ./*/brif/* ./*/lower_*; do
    if [ -e "$entry" ] || [ -h "$entry" ]; then printf '%s:\n' "$entry"; fi
  done
  echo end
}

bonding() {
  limit grep -s '' /dev/null /proc/net/bonding/*
  echo end
}

devices() {
  for device in /dev/net/tun /dev/vhost-net; do
    if [ -c "$device" ]; then echo "$device"; fi
  done
  echo end
}

part_fn links links
part kinds ip -o -d link show
part addresses ip -o addr show
part devices devices
if [ -d /proc/net/bonding ]; then part_fn bonding bonding; fi
for file in /sys/class/net/*/bridge/vlan_filtering; do
  if [ -r "$file" ] && read -r filtering <"$file" && [ "$filtering" = 1 ]; then
    part vlans bridge -compressvlans vlan show
    break
  fi
done
