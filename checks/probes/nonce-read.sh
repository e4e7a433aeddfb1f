# What: whether a new file in the directories of the guests' images shows up on the destination; the side that reads.
# Step: link-destination
# Deadline: 25 for 20 guests
# Alone: yes
# Variables: MC_NONCE, a new random name; MC_NONCE_DIRECTORIES, one directory a line. Answers "seen|other|absent DIRECTORY".
# It looks late and seldom: a network file system remembers for a while that a name was not there.
look() {
  said=$(head -n 1 -- "$1/.migrate-check-$MC_NONCE" 2>/dev/null) || return 1
  if [ "$said" = "$MC_NONCE" ]; then printf 'seen %s\n' "$1"; else printf 'other %s\n' "$1"; fi
}
round() {
  while IFS= read -r directory; do
    [ -n "$directory" ] || continue
    look "$directory" || printf '%s %s\n' "$1" "$directory"
  done <<DIRECTORIES
$2
DIRECTORIES
}
if [ -n "${MC_NONCE-}" ] && [ -n "${MC_NONCE_DIRECTORIES-}" ]; then
  sleep 4
  first=$(round absent "$MC_NONCE_DIRECTORIES")
  printf '%s\n' "$first" | sed '/^absent /d'
  late=$(printf '%s\n' "$first" | sed -n 's/^absent //p')
  if [ -n "$late" ]; then
    sleep 4
    round absent "$late"
  fi
fi
