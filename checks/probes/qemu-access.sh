# What: as which user QEMU runs here, who changes the owner of images, and what SELinux lets it reach.
# Step: host
# Deadline: 10
# Asks: capabilities
configuration() {
  # Comments and everything about passwords stay on the host.
  if [ -e /etc/libvirt/qemu.conf ]; then
    sed -e 's/^[[:space:]]*//' -e '/^#/d' -e '/^$/d' -e '/password/d' /etc/libvirt/qemu.conf || return
  fi
  echo end
}
security_models() {
  capabilities=$(asked capabilities) || return
  printf '%s\n' "$capabilities" | sed -n '/<secmodel>/,/<\/secmodel>/p'
  echo end
}
selinux() {
  for file in enforce booleans/virt_use_nfs booleans/virt_use_samba booleans/virt_use_fusefs; do
    value=
    if [ -r "/sys/fs/selinux/$file" ]; then read -r value _ <"/sys/fs/selinux/$file"; fi
    if [ -n "$value" ]; then echo "$file=$value"; fi
  done
  echo end
}
part configuration configuration
part security security_models
part selinux selinux
