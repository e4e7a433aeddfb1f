# What: which files and devices the disks of the other guests here are, so that one under two names is found.
# Step: link-destination
# Deadline: 15 for 20 guests
# MC_OTHER_DISKS: their paths, one a line.
disks() {
  if [ -n "$MC_OTHER_DISKS" ]; then
    # What is missing is no disk of a running guest.
    printf '%s\n' "$MC_OTHER_DISKS" | limit xargs -r -d '\n' stat -L -c '%d|%i|%t:%T|%n' -- 2>/dev/null
    if [ "$?" = 124 ]; then return 124; fi
  fi
  echo end
}
part list disks
