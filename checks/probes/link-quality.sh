# What: how many pings to the destination are answered, and how fast.
# Step: link-source
# Deadline: 12
# MC_MIGRATION_HOST     the name or address that the destination announces for migrations; may be empty
# MC_DESTINATION_NAMES  names and addresses of the destination, the preferred one first
# shellcheck disable=SC2086 # several names
target=$(resolving ${MC_MIGRATION_HOST:-} $MC_DESTINATION_NAMES)
# Only root may send more than five in a second.
pings() {
  if [ "$MC_UID" = 0 ]; then set -- 40 0.05; else set -- 20 0.2; fi
  case $target in
  *:*) if command -v ping6 >/dev/null 2>&1; then program=ping6; else program=ping; fi ;;
  *) program=ping ;;
  esac
  limit "$program" -n -q -c "$1" -i "$2" -W 1 "$target"
}
if [ -n "$target" ] && command -v ping >/dev/null 2>&1; then part pings pings; fi
