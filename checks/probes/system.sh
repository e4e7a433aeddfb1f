# What: operating system, kernel, identity of the machine, and whether it asks for a reboot.
# Step: host
# Deadline: 15
os_release() { cat /etc/os-release 2>/dev/null || cat /usr/lib/os-release; }
machine_id() { cat /etc/machine-id 2>/dev/null || cat /var/lib/dbus/machine-id; }
reboot_required() {
  for file in /run/reboot-required /var/run/reboot-required; do
    if [ -e "$file" ]; then
      echo required
      if [ -r "$file.pkgs" ]; then cat "$file.pkgs"; fi
      return 0
    fi
  done
}
part_fn os-release os_release
part redhat-release cat /etc/redhat-release
part debian-version cat /etc/debian_version
part uname uname -srm
part page-size getconf PAGESIZE
part boot-time grep '^btime ' /proc/stat
part_fn machine-id machine_id
part product-uuid cat /sys/class/dmi/id/product_uuid
part_fn reboot-required reboot_required
