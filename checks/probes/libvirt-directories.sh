# What: whether libvirt and QEMU can use their own directories here: written by root, passed by QEMU's user; and how many
#   threads and open files QEMU may have.
# Step: link-destination
# Deadline: 10
# MC_QEMU_IDS: user and group id of QEMU on the destination ("107 107"), or nothing.
as_qemu() { # UID GID COMMAND...
  uid=$1 gid=$2
  shift 2
  limit setpriv --reuid "$uid" --regid "$gid" --init-groups "$@" 2>/dev/null ||
    limit setpriv --reuid "$uid" --regid "$gid" --clear-groups "$@" 2>/dev/null
}
# The topmost directory on the way to PATH that QEMU's user cannot pass, or nothing.
closed() { # PATH UID GID
  as_qemu "$2" "$3" true || return 0
  # shellcheck disable=SC2016 # for the inner shell
  as_qemu "$2" "$3" sh -c '[ -x "$1" ]' sh "$1" && return 0
  way=
  rest=${1#/}/
  while [ -n "$rest" ]; do
    way=$way/${rest%%/*}
    rest=${rest#*/}
    # shellcheck disable=SC2016
    as_qemu "$2" "$3" sh -c '[ -x "$1" ]' sh "$way" || break
  done
  printf 'closed\t%s\t%s\t%s\n' "$way" "$2" "$3"
}
# fs: the whole file system is read-only; mount: only this mount of it; immutable: neither is.
read_only() {
  target=$(limit stat -c %m -- "$1") || return
  awk -v target="$target" '
    $5 == target { kind = ("," $NF ",") ~ /,ro,/ ? "fs" : ("," $6 ",") ~ /,ro,/ ? "mount" : "immutable" }
    END { printf "read-only\t%s\t%s\n", kind ? kind : "fs", target }' /proc/self/mountinfo
}
directories() { # [UID GID]
  if [ "$MC_UID" != 0 ]; then
    echo not-root
    echo end
    return 0
  fi
  for directory in /etc/libvirt/qemu /run/libvirt/qemu /var/log/libvirt/qemu /var/lib/libvirt/qemu; do
    # virtlogd does not make its directory; what else does not exist yet will be made in the directory above it.
    if [ ! -d "$directory" ] && [ "$directory" = /var/log/libvirt/qemu ]; then printf 'missing\t%s\n' "$directory"; fi
    while [ ! -d "$directory" ] && [ -n "${directory%/*}" ]; do directory=${directory%/*}; done
    printf 'directory\t%s\n' "$directory"
    if [ ! -w "$directory" ]; then read_only "$directory" || return; fi
    case $directory in
    /var/lib/libvirt/qemu) if [ "${1:-0}" != 0 ]; then closed "$directory" "$@"; fi ;;
    esac
  done
  echo end
}
# Limits that a QEMU inherits from libvirt's daemon where qemu.conf sets none, and what counts against them already.
limits() { # [UID GID]
  limit ps -C virtqemud,libvirtd -o pid=,user=,comm= | awk '$2 == "root"' | sort -k 3r | head -n 1 | while read -r pid _; do
    sed -n 's/^Max processes  *[^ ]*  *\([^ ]*\) .*/processes \1/p; s/^Max open files  *[^ ]*  *\([^ ]*\) .*/files \1/p' "/proc/$pid/limits"
  done
  if [ $# = 2 ]; then
    echo "user $1"
    # ps finds nobody where the user has no process, and then fails.
    limit ps -U "$1" -o nlwp= | awk '{ threads += $1 } END { print "threads " threads + 0 }'
  fi
  read -r _ _ _ all _ </proc/loadavg
  echo "all-threads ${all#*/}"
  for most in threads-max pid_max; do
    if [ -r "/proc/sys/kernel/$most" ]; then echo "$most $(cat "/proc/sys/kernel/$most")"; fi
  done
  for slice in /sys/fs/cgroup/machine.slice /sys/fs/cgroup/machine /sys/fs/cgroup/pids/machine.slice /sys/fs/cgroup/pids/machine; do
    if [ -r "$slice/pids.max" ]; then
      echo "slice-max $(cat "$slice/pids.max")"
      echo "slice-threads $(cat "$slice/pids.current")"
    fi
  done
  echo end
}
# shellcheck disable=SC2086 # two words or none
part limits limits ${MC_QEMU_IDS-}
# shellcheck disable=SC2086
part directories directories ${MC_QEMU_IDS-}
