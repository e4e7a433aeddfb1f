# What: mounted GFS2 file systems with their lock state, the lock manager and the cluster's quorum.
# Step: host
# Deadline: 8
gfs2_found=
for entry in /sys/fs/gfs2/*/lock_module; do
  if [ -d "$entry" ]; then gfs2_found=yes; fi
done
mounted() {
  grep -Hs '' /sys/fs/gfs2/*/id /sys/fs/gfs2/*/uuid /sys/fs/gfs2/*/withdraw /sys/fs/gfs2/*/lock_module/proto_name \
    /sys/fs/gfs2/*/lock_module/jid /sys/fs/gfs2/*/lock_module/block
  echo end
}
lockspaces() {
  limit dlm_tool ls && echo end
}
quorum() {
  # Exit status 2 says "not quorate"; the output then says so, too.
  limit corosync-quorumtool -s
  quorum_status=$?
  if [ "$quorum_status" -ne 0 ] && [ "$quorum_status" -ne 2 ]; then return "$quorum_status"; fi
  echo end
}
part mounted mounted
if [ -n "$gfs2_found" ] || [ -d /sys/kernel/dlm ]; then
  if command -v dlm_tool >/dev/null 2>&1; then part_fn lockspaces lockspaces; fi
  if command -v corosync-quorumtool >/dev/null 2>&1; then part_fn quorum quorum; fi
fi
