# What: libvirt: does it answer, its versions, its capabilities, the name that it gives its host.
# Step: host
# Deadline: 30
daemons() {
  for daemon in virtqemud libvirtd; do
    if command -v "$daemon" >/dev/null 2>&1; then echo "$daemon"; fi
  done
}
sockets() {
  for socket in virtqemud-sock libvirt-sock; do
    if [ -S "/run/libvirt/$socket" ] || [ -S "/var/run/libvirt/$socket" ]; then echo "$socket"; fi
  done
}
# Who writes the output of guests and of QEMU: virtlogd, which must take connections, unless qemu.conf says otherwise.
log_daemon() {
  sed -n "s/^[[:space:]]*stdio_handler[[:space:]]*=[[:space:]]*[\"']\([a-z]*\)[\"'].*/handler \1/p" /etc/libvirt/qemu.conf 2>/dev/null
  # 00010000 is the flag of sockets that take connections.
  awk '$4 == "00010000" && $8 ~ "^(/var)?/run/libvirt/virtlogd-sock$" { print "listens"; exit }' /proc/net/unix
  echo end
}
part_fn daemons daemons
part_fn log-daemon log_daemon
part_fn sockets sockets
virsh_parts uri uri version 'version --daemon' capabilities capabilities hostname hostname
# One setting and nothing else of the file: it can hold passwords.
part migration-host grep '^[[:space:]]*migration_host[[:space:]]*=' /etc/libvirt/qemu.conf
