# What: what the qcow2 images of running guests say of themselves: backing image, data file, format, size.
# Step: host
# Deadline: 20
# Asks: list --uuid
# What QEMU on the destination opens is what the header says by then, not what the guest's XML says now.
# Only images that begin with the mark of qcow2 are looked at, by qemu-img with --force-share, which takes no lock.
# Where a server maps root to nobody, the image is read as its owner.
reader() { # PATH: sets `as` to what the commands that read it begin with
  as=
  if ! head -c 1 -- "$1" >/dev/null 2>&1 && [ "$MC_UID" = 0 ] && command -v setpriv >/dev/null 2>&1; then
    owner=$(stat -L -c '--reuid %u --regid %g --clear-groups' -- "$1" 2>/dev/null) && as="setpriv $owner"
  fi
}
header() { # PATH: prints the image's header as JSON, and sets `below` to the image that it names
  echo "image $1"
  below=
  # shellcheck disable=SC2086 # several words or none
  if ! text=$(limit $as qemu-img info --force-share --output=json -- "$1" 2>&1); then
    printf 'failed %s\n' "$(printf '%s' "$text" | tr '\n' ' ')"
    return
  fi
  printf '%s\n' "$text"
  # Of the image itself, not of the file below it: in the first column of fields.
  below=$(printf '%s\n' "$text" | sed -n 's/^    "full-backing-filename": "\([^"\\]*\)",*$/\1/p' | head -n 1)
}
chain() {
  path=$1
  depth=0
  while [ -n "$path" ] && [ "$depth" -lt 64 ]; do
    case $path in /*) ;; *) break ;; esac
    reader "$path"
    # shellcheck disable=SC2086
    mark=$(limit $as head -c 3 -- "$path" 2>/dev/null | tr -d '\0') || :
    if [ "$mark" != QFI ]; then break; fi
    header "$path"
    path=$below
    depth=$((depth + 1))
  done
}
# Disks of the type volume have no path in the list.
volumes() {
  for guest in $1; do
    limit virsh -q -c qemu:///system dumpxml "$guest" |
      sed -n "s/^.*<source pool='\([^'&]*\)' volume='\([^'&]*\)'.*$/\1|\2/p"
  done | while IFS='|' read -r pool volume; do
    limit virsh -q -c qemu:///system vol-path --pool "$pool" --vol "$volume" 2>/dev/null | head -n 1
  done
}
chains() {
  if ! command -v qemu-img >/dev/null 2>&1; then
    echo no-qemu-img
    echo end
    return
  fi
  running=$(asked 'list --uuid') || return
  commands=
  guests=
  for guest in $running; do
    case $guest in *[!0-9a-f-]*) continue ;; esac
    commands="$commands domblklist $guest --details;"
    guests="$guests $guest"
  done
  if [ -n "$commands" ]; then
    disks=$(limit virsh -q -c qemu:///system "$commands") || return
    {
      printf '%s\n' "$disks" | sed -n 's/^ *\(file\|block\)  *[a-z]*  *[^ ]*  *\(\/.*\)$/\2/p'
      case $disks in *volume*) volumes "$guests" ;; esac
    } | sort -u | {
      while IFS= read -r image; do chain "$image"; done
    }
  fi
  echo end
}
part chains chains
