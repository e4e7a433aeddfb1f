# What: what the devices and the firmware of the judged guests name on this host: files, directories, devices and sockets; the ROM files of their QEMU.
# Step: link-source, link-destination
# Deadline: 15 for 8 guests
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
    rights r "$@"
    ;;
  directory*) rights 'x w' "$@" ;;
  character*) rights r "$@" ;;
  esac
  echo end
}
# As QEMU's user, where that is known and can be tried.
as_qemu() { # "UID GID" COMMAND...
  ids=$1
  shift
  if [ "${ids%% *}" = 0 ]; then
    limit "$@"
  else
    limit setpriv --reuid "${ids% *}" --regid "${ids#* }" --init-groups "$@" 2>/dev/null ||
      limit setpriv --reuid "${ids% *}" --regid "${ids#* }" --clear-groups "$@" 2>/dev/null
  fi
}
rights() { # RIGHTS PATH [UID GID]: which of reading, passing and writing QEMU's user may do
  if [ -z "${4-}" ] || [ "$MC_UID" != 0 ]; then return 0; fi
  # shellcheck disable=SC2016 # for the inner shell
  may=$(as_qemu "$3 $4" sh -c 'for right in $1; do if [ -$right "$2" ]; then printf %s $right; fi; done' sh "$1" "$2") || return 0
  printf 'rights %s\n' "$may"
}
roms() { # EMULATOR [UID GID]: size, directory and name of the files in its data directories, the first directory first
  printf 'emulator %s\n' "$1"
  if [ ! -x "$1" ]; then
    echo end
    return 0
  fi
  ids='0 0'
  if [ -n "${3-}" ] && [ "$MC_UID" = 0 ]; then ids="$2 $3"; fi
  # Only what QEMU's user can read; one of the key maps stands for them all.
  # shellcheck disable=SC2016 # for the inner shell
  limit "$1" -L help </dev/null 2>/dev/null | grep '^/' | head -n 16 | as_qemu "$ids" sh -c '
    while IFS= read -r directory; do
      set --
      for file in "$directory"/*.rom "$directory"/*.bin "$directory"/keymaps/en-us; do
        if [ -f "$file" ] && [ -r "$file" ]; then set -- "$@" "$file"; fi
      done
      if [ $# -gt 0 ]; then stat -L -c "rom %s %n" -- "$@"; fi
    done
    exit 0'
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
  # shellcheck disable=SC2086
  if [ -n "$emulator" ]; then part_fn "roms.$number" roms "$emulator" ${MC_QEMU_IDS-}; fi
done <<EMULATORS
${MC_GUEST_EMULATORS-}
EMULATORS
