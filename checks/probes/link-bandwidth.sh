# What: how fast data goes from here to the destination, at the address that migrations use.
# Step: link-source
# Deadline: 20
# Alone: yes
# Side effect: sent at most 64 MiB, for at most 3 seconds, to the destination through SSH, which threw it away there
#
# Only with --measure-bandwidth. SSH sends encrypted by one processor: a fast link is faster than this.
# MC_MIGRATION_HOST     the name or address that the destination announces for migrations; may be empty
# MC_DESTINATION_NAMES  names and addresses of the destination, the preferred one first
# MC_DESTINATION_PORT   its SSH port
# MC_DESTINATION_USER   the user to try where root is not let in; may be empty
# shellcheck disable=SC2086 # several names
target=$(resolving $MC_DESTINATION_NAMES)
known=$target
if [ "$MC_DESTINATION_PORT" != 22 ]; then known="[$target]:$MC_DESTINATION_PORT"; fi
# The time runs at the receiver, from when it is there, and dd tells it also when it is interrupted.
# All probes run with low priority; a migration does not.
stream() { # USER
  nice -n -19 head -c 67108864 /dev/zero |
    limit nice -n -19 ssh -T -o BatchMode=yes -o ConnectTimeout=5 -o Compression=no -p "$MC_DESTINATION_PORT" \
      -o HostName="${MC_MIGRATION_HOST:-$target}" -o HostKeyAlias="$known" ${1:+-l "$1"} "$target" \
      'LC_ALL=C timeout -s INT 3 dd of=/dev/null bs=65536 2>&1'
}
if [ -n "$target" ]; then
  part_fn stream stream ""
  if ! part_output stream | grep -q copied && [ -n "$MC_DESTINATION_USER" ]; then part_fn user-stream stream "$MC_DESTINATION_USER"; fi
fi
