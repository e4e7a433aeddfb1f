# What: operating system, kernel, identity of the machine, and whether it asks for a reboot.
# Step: host
# Deadline: 15
# The first of two files that there is.
either() { if [ -r "$1" ]; then text_of "$1"; else text_of "$2"; fi; }
reboot_required() {
  for file in /run/reboot-required /var/run/reboot-required; do
    if [ -e "$file" ]; then
      echo required
      if [ -r "$file.pkgs" ]; then text_of "$file.pkgs"; fi
      return 0
    fi
  done
}
part os-release either /etc/os-release /usr/lib/os-release
part redhat-release text_of /etc/redhat-release
part debian-version text_of /etc/debian_version
part uname uname -srm
part page-size getconf PAGESIZE
part boot-time grep '^btime ' /proc/stat
part machine-id either /etc/machine-id /var/lib/dbus/machine-id
part product-uuid text_of /sys/class/dmi/id/product_uuid
part reboot-required reboot_required
