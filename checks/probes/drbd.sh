# What: DRBD's resources: roles, states of disks and connections, whether two primaries are allowed.
# Step: host
# Deadline: 15
status() {
  if [ -e /proc/drbd ] && command -v drbdsetup >/dev/null 2>&1; then
    # Version 8.4 knows no JSON; /proc/drbd tells then.
    limit drbdsetup status --json 2>/dev/null || :
  fi
  echo end
}
proc() {
  if [ -e /proc/drbd ]; then cat /proc/drbd || return; fi
  echo end
}
show() {
  if [ -e /proc/drbd ] && command -v drbdsetup >/dev/null 2>&1; then
    # Secrets of the configuration stay on the host.
    limit drbdsetup show --show-defaults 2>/dev/null | sed '/secret/d'
  fi
  echo end
}
part status status
part proc proc
part show show
