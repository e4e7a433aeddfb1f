# What: what confines QEMU here: SELinux, AppArmor, the system's cryptographic policy, FIPS mode.
# Step: host
# Deadline: 15
selinux() {
  if [ -r /sys/fs/selinux/enforce ]; then
    read -r value </sys/fs/selinux/enforce
    if [ "$value" = 1 ]; then echo "mode enforcing"; else echo "mode permissive"; fi
  else
    echo "mode disabled"
  fi
  if [ -r /etc/selinux/config ]; then
    sed -n -e 's/^SELINUX=[[:space:]]*\([a-z]*\).*/configured \1/p' -e 's/^SELINUXTYPE=[[:space:]]*\([a-z]*\).*/policy \1/p' /etc/selinux/config || return
  fi
  echo end
}
apparmor() {
  if [ -r /sys/module/apparmor/parameters/enabled ]; then
    read -r value </sys/module/apparmor/parameters/enabled
    echo "enabled $value"
  fi
  for file in /etc/apparmor.d/libvirt/TEMPLATE.qemu /etc/apparmor.d/abstractions/libvirt-qemu \
    /etc/apparmor.d/local/abstractions/libvirt-qemu /etc/apparmor.d/usr.lib.libvirt.virt-aa-helper \
    /etc/apparmor.d/local/usr.lib.libvirt.virt-aa-helper /etc/apparmor.d/abstractions/libvirt-qemu.d/*; do
    if [ -f "$file" ]; then
      # Comments and empty lines do not confine.
      sum=$(sed -e 's/^[[:space:]]*//' -e '/^#[^i]/d' -e '/^#$/d' -e '/^$/d' "$file" | sha256sum) || return
      echo "file $file ${sum%% *}"
    fi
  done
  echo end
}
crypto() {
  if [ -r /etc/crypto-policies/state/current ]; then
    read -r value </etc/crypto-policies/state/current
    echo "policy $value"
  fi
  if [ -r /proc/sys/crypto/fips_enabled ]; then
    read -r value </proc/sys/crypto/fips_enabled
    echo "fips $value"
  fi
  echo end
}
part selinux selinux
part apparmor apparmor
part crypto crypto
