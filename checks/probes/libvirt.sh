# What: libvirt: does it answer, its versions, its capabilities, the name that it gives its host.
# Step: host
# Deadline: 30
# Asks: uri
# Asks: version --daemon
# Asks: capabilities
# Asks: hostname
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
part daemons daemons
part sockets sockets
virsh_parts uri uri version 'version --daemon' capabilities capabilities hostname hostname
# One setting and nothing else of the file: it can hold passwords.
part migration-host grep '^[[:space:]]*migration_host[[:space:]]*=' /etc/libvirt/qemu.conf
