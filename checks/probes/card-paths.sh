# What: which of the files that the guests' network cards name (scripts, sockets of vhost-user) exist on the destination.
# Step: link-destination
# Deadline: 15 for 20 guests
#
# MC_CARD_PATHS         one absolute path a line
files() {
  printf '%s\n' "${MC_CARD_PATHS:-}" | while IFS= read -r path; do
    case $path in
    /*) ;;
    *) continue ;;
    esac
    if [ -S "$path" ]; then kind=socket; elif [ -d "$path" ]; then kind=directory
    elif [ -x "$path" ]; then kind=program; elif [ -e "$path" ]; then kind="file"; else kind=missing; fi
    printf '%s %s\n' "$kind" "$path"
  done
  echo end
}
part files files
