# What: how this host takes migrations: the migration_* lines of qemu.conf, the host's names, addresses and MTUs, its
#   listening TCP sockets and its UDP sockets, and the first port that needs no privilege.
# Step: host
# Deadline: 10
conf=/etc/libvirt/qemu.conf
qemu_conf() {
  [ -e "$conf" ] || return 0
  sed -n '/^[[:space:]]*migration_/p' "$conf"
}
# Seconds since the file was changed, and since each daemon that reads it at its start was started.
ages() {
  [ -e "$conf" ] || return 0
  echo "file $(($(date +%s) - $(stat -c %Y "$conf")))"
  ps -C virtqemud,libvirtd -o comm=,user=,etimes= | sed -n 's/^\([a-z]*\)  *root  *\([0-9]*\)$/\1 \2/p'
}
names() {
  echo "hostname $(hostname)"
  echo "fqdn $(limit hostname -f 2>/dev/null)"
  # The third column of the first line is the canonical name, which libvirt announces.
  echo "canonical $(limit getent ahosts "$(hostname)" | sed -n '1s/^[^ ]*  *[^ ]* *//p')"
}
# What migration_address means here, where it is set.
listens() {
  part_output qemu-conf | sed -n "s/^[[:space:]]*migration_address[[:space:]]*=[[:space:]]*[\"']\\([A-Za-z0-9.:_-]*\\)[\"'].*/\\1/p" |
    head -n 1 | while read -r address; do limit getent ahosts "$address" | sed 's/ .*//' | sort -u; done
}
# Address family and hexadecimal local address of every listening socket.
listening() {
  awk '$4 == "0A" { print "4 " $2 }' /proc/net/tcp
  if [ -r /proc/net/tcp6 ]; then awk '$4 == "0A" { print "6 " $2 }' /proc/net/tcp6; fi
}
# The same of every UDP socket that has an address.
datagrams() {
  awk 'FNR > 1 { print "4 " $2 }' /proc/net/udp
  if [ -r /proc/net/udp6 ]; then awk 'FNR > 1 { print "6 " $2 }' /proc/net/udp6; fi
}
part qemu-conf qemu_conf
part listens listens
# Below it only root may listen, and QEMU is not root; older kernels than 4.11 have no such setting.
if [ -r /proc/sys/net/ipv4/ip_unprivileged_port_start ]; then
  part unprivileged cat /proc/sys/net/ipv4/ip_unprivileged_port_start
fi
part ages ages
part names names
part addresses ip -o addr show
part links ip -o link show
part listening listening
part datagrams datagrams
