# What: every path that the judged guests need: what it is, on which storage, a digest of its first 64 KiB, and who may use it.
# Step: link-source, link-destination
# Deadline: 12 for 20 guests
# MC_PATHS: the paths, one a line. MC_QEMU_IDS: user and group id of QEMU on the destination ("107 107"), or nothing.
# The paths are looked at side by side, because one on storage that hangs must not keep the others from answering.
# Looking at a path also makes an automounter mount it, so what is mounted there is read afterwards.
inspect=$(
  cat <<'INSPECT'
path=$1
# First of all: of storage that hangs, this line is all that will be known.
printf 'path %s\n' "$path"
look='for right in e r w; do if [ -$right "$1" ]; then printf %s $right; fi; done; :'
own() { # NAME: what this user may do with the path
  mine=
  for right in e r w; do if [ "-$right" "$path" ]; then mine=$mine$right; fi; done
  printf '%s %s\n' "$1" "$mine"
}
as_qemu=
rights=
if [ -n "$2" ] && [ "$2" != 0 ] && [ "$MC_UID" = 0 ]; then
  for groups in --init-groups --clear-groups; do
    if rights=$(setpriv --reuid "$2" --regid "$3" "$groups" sh -c "$look" sh "$path" 2>/dev/null); then
      as_qemu="setpriv --reuid $2 --regid $3 $groups"
      break
    fi
  done
fi
what='%F|%i|%s|%u|%g|%a|%d|%t:%T|%Y'
if ! state=$(stat -L -c "$what" -- "$path" 2>&1); then
  case $state in
  *'Permission denied') if [ -n "$as_qemu" ]; then state=$($as_qemu stat -L -c "$what" -- "$path" 2>&1); fi ;;
  esac
fi
real=$(readlink -m -- "$path")
printf 'real %s\n' "$real"
# The mounts on the way to the path, with what NFS told the kernel about its file systems.
export real
volumes=
if [ -r /proc/fs/nfsfs/volumes ]; then volumes=/proc/fs/nfsfs/volumes; fi
awk 'FILENAME == "/proc/self/mountinfo" {
       target = $5
       gsub(/\\040/, " ", target); gsub(/\\011/, "\t", target); gsub(/\\012/, "\n", target); gsub(/\\134/, "\\", target)
       if (target == "/" || target == ENVIRON["real"] || index(ENVIRON["real"], target "/") == 1) {
         print "mount " $0
         if ($0 ~ / - nfs4? /) nfs = 1
       }
       next
     }
     nfs && FNR > 1 { print "nfs " $0 }' /proc/self/mountinfo $volumes
case $state in
*'|'*'|'*'|'*) ;;
*'No such file or directory' | *'Not a directory')
  printf 'missing\nend\n'
  exit 0
  ;;
*)
  printf 'error %s\nend\n' "${state##*: }"
  exit 0
  ;;
esac
printf 'stat %s\n' "$state"
stat -f -c 'fs %t|%T|%i
space %a %b %S' -- "$path" || {
  printf 'fs %s\n' "$($as_qemu stat -f -c '%t|%T|%i' -- "$path")"
  echo 'space '
}
own root
if [ "$2" = 0 ]; then
  own qemu
elif [ -n "$as_qemu" ]; then
  printf 'qemu %s\n' "$rights"
fi
digest() {
  sum=$("$@" 2>/dev/null | sha256sum)
  sum=${sum%% *}
  # The digest of nothing: it could not be read.
  [ "$sum" != e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 ]
}
case $state in
'regular '* | 'block '*)
  # Past the page cache where that can be: it may hold what another host has long overwritten.
  if digest dd if="$path" bs=65536 count=1 iflag=direct; then
    printf 'direct yes\nsha256 %s\n' "$sum"
  elif digest dd if="$path" bs=65536 count=1; then
    printf 'direct no\nsha256 %s\n' "$sum"
  elif digest $as_qemu dd if="$path" bs=65536 count=1; then
    printf 'sha256 %s\n' "$sum"
  fi
  ;;
esac
echo end
INSPECT
)
paths_workers=0
while [ "$paths_workers" -lt 32 ] && IFS= read -r path; do
  if [ -n "$path" ]; then paths_workers=$((paths_workers + 1)); fi
done <<PATHS
$MC_PATHS
PATHS
paths_worker() {
  paths_number=0
  while IFS= read -r path; do
    if [ -n "$path" ] && [ "$((paths_number % paths_workers))" -eq "$1" ]; then
      # shellcheck disable=SC2086 # two words or none
      part "$paths_number" sh -c "$inspect" inspect "$path" $MC_QEMU_IDS
    fi
    paths_number=$((paths_number + 1))
  done <<PATHS
$MC_PATHS
PATHS
}
paths_index=0
while [ "$paths_index" -lt "$paths_workers" ]; do
  paths_worker "$paths_index" &
  paths_index=$((paths_index + 1))
done
wait
