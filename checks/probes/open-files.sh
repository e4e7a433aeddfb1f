# What: which processes here have the images of the judged guests open.
# Step: link-destination
# Deadline: 15 for 20 guests
# MC_PATHS: the paths, one a line. Only the links below /proc/PID/fd are read; no image is touched but to follow links.
open_files() {
  if [ -z "$MC_PATHS" ]; then
    echo end
    return
  fi
  # What other users have open nobody else may see.
  if [ "$MC_UID" != 0 ]; then
    echo 'root is needed to see what processes have open' >&2
    return 1
  fi
  images=$(printf '%s\n' "$MC_PATHS" | limit xargs -r -d '\n' readlink -m --) || return
  export images
  # A process may end, and close files, while it is looked at.
  limit find /proc/[0-9]*/fd -mindepth 1 -maxdepth 1 -type l -printf '%p %l\n' 2>/dev/null |
    awk 'BEGIN { n = split(ENVIRON["images"], list, "\n"); for (i = 1; i <= n; i++) wanted[list[i]] = 1 }
      { path = substr($0, index($0, " ") + 1); if (path in wanted) print }' |
    while read -r link path; do
      process=${link#/proc/}
      file=${process#*/fd/}
      process=${process%%/*}
      mode=$(sed -n 's/^flags:[[:space:]]*[0-7]*\([0-7]\)$/\1/p' "/proc/$process/fdinfo/$file" 2>/dev/null)
      name=
      read -r name 2>/dev/null <"/proc/$process/comm"
      guest=$(tr '\0' '\n' <"/proc/$process/cmdline" 2>/dev/null | sed -n 's/^guest=\([^,]*\).*/\1/p' | head -n 1)
      if [ -n "$mode" ]; then printf 'open %s %s %s\n' "$process" "$mode" "$path" && printf 'by %s\nguest %s\n' "$name" "$guest"; fi
    done
  echo end
}
part list open_files
