# What: Fibre Channel adapters with their port state, and the remote ports that they see.
# Step: host
# Deadline: 15
hosts() {
  grep -Hs '' /sys/class/fc_host/*/port_name /sys/class/fc_host/*/node_name /sys/class/fc_host/*/port_state \
    /sys/class/fc_host/*/port_type /sys/class/fc_host/*/speed /sys/class/fc_host/*/symbolic_name
  echo end
}
remote_ports() {
  grep -Hs '' /sys/class/fc_remote_ports/*/port_name /sys/class/fc_remote_ports/*/port_state \
    /sys/class/fc_remote_ports/*/roles
  echo end
}
part hosts hosts
part remote-ports remote_ports
