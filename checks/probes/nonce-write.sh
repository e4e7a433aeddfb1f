# What: whether a new file in the directories of the guests' images shows up on the destination; the side that writes.
# Step: link-source
# Deadline: 25 for 20 guests
# Alone: yes
# Side effect: wrote a small file .migrate-check-... into the directories of the guests' images and removed it after some seconds.
# Variables: MC_NONCE, a new random name; MC_NONCE_DIRECTORIES, one directory a line. Answers "written|failed DIRECTORY".
remove() {
  while IFS= read -r directory; do
    if [ -n "$directory" ]; then rm -f -- "$directory/.migrate-check-$MC_NONCE"; fi
  done <<DIRECTORIES
$MC_NONCE_DIRECTORIES
DIRECTORIES
}
write() {
  trap remove EXIT
  trap 'exit 1' HUP INT TERM
  umask 022
  set -C # never through a link, never over a file
  wrote=
  while IFS= read -r directory; do
    [ -n "$directory" ] || continue
    if printf '%s\n' "$MC_NONCE" >"$directory/.migrate-check-$MC_NONCE"; then
      printf 'written %s\n' "$directory"
      wrote=yes
    else
      printf 'failed %s\n' "$directory"
    fi
  done <<DIRECTORIES
$MC_NONCE_DIRECTORIES
DIRECTORIES
  # As long as nonce-read may look.
  [ -z "$wrote" ] || sleep 11
}
[ -z "${MC_NONCE-}" ] || (write)
