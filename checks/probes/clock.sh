# What: time zone, and whether a time service keeps the clock.
# Step: host
# Deadline: 10
zone() {
  echo "offset $(date +%z)"
  if link=$(readlink -f /etc/localtime); then echo "link $link"; fi
  if [ -r /etc/localtime ]; then echo "rules $(cksum </etc/localtime)"; fi
}
services() {
  # Process names are cut after 15 characters.
  cat /proc/[0-9]*/comm 2>/dev/null | grep -xE 'chronyd|ntpd|openntpd|systemd-timesyn|ptp4l|phc2sys' | sort -u
  return 0
}
systemd() {
  # RHEL 7 has no `timedatectl show`.
  limit timedatectl show 2>/dev/null || limit timedatectl status
}
part zone zone
if command -v chronyc >/dev/null 2>&1; then part chrony chronyc -n tracking; fi
if command -v ntpq >/dev/null 2>&1; then part ntp ntpq -c rv; fi
# Without systemd as process 1 timedatectl can only fail.
if [ -d /run/systemd/system ] && command -v timedatectl >/dev/null 2>&1; then part_fn systemd systemd; fi
part services services
