# What: what the devices and the firmware of the judged guests name on this host: files, directories, devices and sockets; the ROM files of their QEMU.
# Step: link-source, link-destination
# Deadline: 15
# MC_GUEST_FILES: the paths, one a line. MC_GUEST_EMULATORS: the QEMU programs of the guests, one a line.
# MC_QEMU_IDS: user and group id of QEMU on the destination ("107 107"), or nothing.
look() {
  # First of all: of storage that hangs, this line is all that will be known.
  printf 'path %s\n' "$1"
  if ! state=$(limit stat -L -c '%F|%s|%u:%g' -- "$1" 2>&1); then
    case $state in
    *'No such file or directory' | *'Not a directory') echo missing ;;
    *) printf 'error %s\n' "${state##*: }" ;;
    esac
    echo end
    return 0
  fi
  printf 'stat %s\n' "$state"
  case $state in
  'regular '*)
    # 16 MiB hold every firmware and nearly every kernel.
    sum=$(limit head -c 16777216 -- "$1" 2>/dev/null | sha256sum)
    if [ -r "$1" ]; then printf 'sha256 %s\n' "${sum%% *}"; fi
    ;;
  directory*) rights "$@" ;;
  esac
  echo end
}
rights() { # PATH [UID GID]: which of passing and writing QEMU's user may do in a directory
  if [ -z "${3-}" ] || [ "$(id -u)" != 0 ]; then return 0; fi
  # shellcheck disable=SC2016 # for the inner shell
  ask='for right in x w; do if [ -$right "$1" ]; then printf %s $right; fi; done'
  if [ "$2" = 0 ]; then
    may=$(sh -c "$ask" sh "$1")
  else
    may=$(limit setpriv --reuid "$2" --regid "$3" --init-groups sh -c "$ask" sh "$1" 2>/dev/null) ||
      may=$(limit setpriv --reuid "$2" --regid "$3" --clear-groups sh -c "$ask" sh "$1" 2>/dev/null) || return 0
  fi
  printf 'rights %s\n' "$may"
}
roms() { # EMULATOR: size, directory and name of the files in its data directories, the first directory first
  printf 'emulator %s\n' "$1"
  if [ ! -x "$1" ]; then
    echo end
    return 0
  fi
  limit "$1" -L help </dev/null 2>/dev/null | grep '^/' | head -n 16 | while IFS= read -r directory; do
    set --
    for file in "$directory"/*.rom "$directory"/*.bin; do
      if [ -f "$file" ]; then set -- "$@" "$file"; fi
    done
    if [ $# -gt 0 ]; then limit stat -L -c 'rom %s %n' -- "$@"; fi
  done
  echo end
}
number=0
while IFS= read -r path; do
  number=$((number + 1))
  # shellcheck disable=SC2086 # two words or none
  if [ -n "$path" ]; then part_fn "path.$number" look "$path" ${MC_QEMU_IDS-}; fi
done <<PATHS
${MC_GUEST_FILES-}
PATHS
number=0
while IFS= read -r emulator; do
  number=$((number + 1))
  if [ -n "$emulator" ]; then part_fn "roms.$number" roms "$emulator"; fi
done <<EMULATORS
${MC_GUEST_EMULATORS-}
EMULATORS
