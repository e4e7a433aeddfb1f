# What: what is mounted where, and the file system identities that NFS servers announced to the kernel.
# Step: host
# Deadline: 15
# Every part ends with the line `end`, so that a cut list cannot pass for a short one.
mounted() {
  cat /proc/self/mountinfo && echo end
}
nfs_volumes() {
  # The file is there once the NFS client was loaded.
  if [ -e /proc/fs/nfsfs/volumes ]; then
    cat /proc/fs/nfsfs/volumes || return
  fi
  echo end
}
part mountinfo mounted
part nfs nfs_volumes
