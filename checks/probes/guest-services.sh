# What: what this host offers to guests and does with them on its own: virtual TPM, VNC and SPICE settings, USB devices, saved memory and checkpoints, programs that manage guests.
# Step: host
# Deadline: 15
# Asks: list --all --with-managed-save --uuid
# Asks: list --all --with-checkpoint --uuid
tpm() {
  for program in swtpm swtpm_setup; do
    if path=$(command -v "$program"); then
      printf '%s %s %s\n' "$program" "$path" "$(limit "$program" --version 2>/dev/null | sed -n '1s/.*version \([0-9][0-9.]*\).*/\1/p')"
    fi
  done
  echo end
}
# Addresses, ports and TLS of the guests' screens. Passwords stay on the host.
screens() {
  conf=/etc/libvirt/qemu.conf
  [ -e "$conf" ] && sed -n 's/^[[:space:]]*\(\(vnc\|spice\)_\(listen\|tls\|tls_x509_cert_dir\)\|default_tls_x509_cert_dir\|remote_\(display\|websocket\)_port_m[axin]*\)[[:space:]]*=[[:space:]]*/set \1 /p' "$conf"
  for directory in /etc/pki/qemu /etc/pki/libvirt-vnc /etc/pki/libvirt-spice \
    $(sed -n 's/^[[:space:]]*[a-z]*_tls_x509_cert_dir[[:space:]]*=[[:space:]]*["'\'']\([A-Za-z0-9_./-]*\)["'\''].*/\1/p' "$conf" 2>/dev/null); do
    for file in ca-cert.pem server-cert.pem server-key.pem; do
      if [ -s "$directory/$file" ]; then printf 'file %s/%s\n' "$directory" "$file"; fi
    done
    if [ -d "$directory" ]; then printf 'directory %s\n' "$directory"; fi
  done
  echo end
}
usb() {
  for device in /sys/bus/usb/devices/*; do
    if [ -r "$device/idVendor" ]; then
      read -r vendor <"$device/idVendor"
      read -r product <"$device/idProduct"
      read -r bus <"$device/busnum"
      read -r number <"$device/devnum"
      printf '%s:%s %s %s\n' "$vendor" "$product" "$bus" "$number"
    fi
  done
  echo end
}
# Programs that manage guests and do not expect others to move them.
managers() {
  limit ps -eo comm= | sort -u | while read -r program; do
    case $program in
    nova-compute | vdsmd | vdsm | supervdsmd | virt-handler | virt-launcher | pacemaker-execd | pacemaker-remoted | lrmd | cloudstack-agent | one_* | virt-who | pve-ha-lrm)
      printf 'program %s\n' "$program" ;;
    esac
  done
  # The configurations of guests that Pacemaker starts and stops (resource agent VirtualDomain).
  if [ -r /var/lib/pacemaker/cib/cib.xml ]; then
    tr '>' '\n' </var/lib/pacemaker/cib/cib.xml | sed -n '/<primitive .*type="VirtualDomain"/,/<\/primitive/s/.*name="config".* value="\([^"]*\)".*/resource \1/p; /<primitive .*type="VirtualDomain"/,/<\/primitive/s/.* value="\([^"]*\)".* name="config".*/resource \1/p'
  fi
  # Guests that libvirt-guests starts when it is started next, wherever they run by then.
  restarted=/var/lib/libvirt/libvirt-guests
  if [ -f "$restarted" ]; then
    sed -n 's/^[[:space:]]*ON_BOOT=["'\'']*\([a-z]*\).*/on-boot \1/p' /etc/sysconfig/libvirt-guests /etc/default/libvirt-guests 2>/dev/null
    tr ' ' '\n' <"$restarted" | sed -n 's/^[0-9a-f]\{8\}-[0-9a-f-]\{27\}$/restart &/p'
  fi
  echo end
}
# virtiofsd describes itself in files that libvirt reads, too.
virtiofs() {
  for file in /usr/share/qemu/vhost-user/*.json /etc/qemu/vhost-user/*.json; do
    if [ -r "$file" ] && grep -q '"fs"' "$file" && grep -q '"migrate-precopy"' "$file"; then
      echo migrate-precopy
      break
    fi
  done
  echo end
}
part tpm tpm
part virtiofs virtiofs
part screens screens
part usb usb
part managers managers
virsh_parts managed-save 'list --all --with-managed-save --uuid' checkpoints 'list --all --with-checkpoint --uuid'
