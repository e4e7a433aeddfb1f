# What: what libvirt and QEMU have installed beside their cores: drivers, modules, hooks, the daemon of the logs; and whether the host is about to go down.
# Step: host
# Deadline: 20
driver() { # KIND VIRSH-COMMAND...: a list can be empty without a driver, so the driver itself is asked for too
  kind=$1
  shift
  if said=$(limit virsh -q -c qemu:///system "$@" 2>&1 >/dev/null) &&
    said=$(limit virsh -q -c "$kind:///system" uri 2>&1 >/dev/null); then
    echo "$kind ok"
  else
    status=$?
    if [ "$status" -ge 124 ]; then return "$status"; fi
    printf '%s failed %s\n' "$kind" "$(printf '%s' "$said" | tail -n 1)"
  fi
}
drivers() {
  # One virsh for all; where it complains, each driver is asked alone.
  all='net-list; pool-list; secret-list; nwfilter-list'
  for kind in network storage secret nwfilter; do all="$all; connect $kind:///system"; done
  if said=$(limit virsh -q -c qemu:///system "$all" 2>&1 >/dev/null) && [ -z "$said" ]; then
    printf '%s ok\n' network storage secret nwfilter
    echo end
    return
  fi
  driver network net-list || return
  driver storage pool-list || return
  driver secret secret-list || return
  driver nwfilter nwfilter-list || return
  echo end
}
modules() {
  for file in /usr/lib64/qemu-kvm/*.so /usr/lib64/qemu/*.so /usr/lib/*/qemu/*.so /usr/lib/qemu/*.so; do
    if [ -e "$file" ]; then echo "${file##*/}"; fi
  done
  echo end
}
hooks() {
  for file in /etc/libvirt/hooks/qemu /etc/libvirt/hooks/qemu.d/*; do
    if [ ! -f "$file" ]; then continue; fi
    name=${file#/etc/libvirt/hooks/}
    run=no
    if [ -x "$file" ]; then run=yes; fi
    # A script can only stop a migration by failing: by an exit other than 0, or at its first failing command.
    fails=no
    if ! head -c 2 "$file" | grep -q '^#!' ||
      sed 's/^#.*//; s/[[:space:]]#.*//' "$file" | grep -qE '(^|[^[:alnum:]_])(exit|return)[[:space:]]+[^0[:space:];)}]|set -[a-z]*e|sys\.exit|raise |die '; then
      fails=maybe
    fi
    printf '%s\t%s\t%s\t%s\n' "$run" "$fails" "$(cksum <"$file" | tr -s ' ' '-')" "$name"
  done
  echo end
}
going_down() {
  if [ -r /run/systemd/shutdown/scheduled ]; then sed -n 's/^USEC=\([0-9]*\)$/at \1/p; s/^MODE=\([a-z-]*\)$/mode \1/p' /run/systemd/shutdown/scheduled; fi
  echo "now $(date +%s)"
  echo end
}
failed_units() { limit systemctl list-units --state=failed --plain --no-legend --no-pager || limit systemctl list-units --failed --plain --no-legend --no-pager; }
memory_errors() {
  if [ -d /var/log/libvirt/qemu ]; then
    grep -lE 'Hardware memory error|Guest MCE Memory Error|Memory Error at QEMU addr' /var/log/libvirt/qemu/*.log 2>/dev/null | sed 's|.*/||; s|\.log$||'
  fi
  echo end
}
log_daemon() {
  if [ -r /etc/libvirt/qemu.conf ]; then
    sed -n "s/^[[:space:]]*stdio_handler[[:space:]]*=[[:space:]]*[\"']\([a-z]*\)[\"'].*/handler \1/p" /etc/libvirt/qemu.conf || return
  fi
  # The file of a socket stays when its daemon dies; the kernel lists those that are listened on (flag 00010000).
  sockets=$(sed -n 's|^.* 00010000 .* \([^ ]*/run/libvirt/virtlogd-sock\)$|\1|p' /proc/net/unix) || return
  for socket in $sockets; do
    if [ -S "$socket" ]; then
      echo listens
      break
    fi
  done
  echo end
}
part drivers drivers
part modules modules
part hooks hooks
part going-down going_down
part memory-errors memory_errors
part log-daemon log_daemon
# Without systemd as process 1 systemctl can only fail.
if [ -d /run/systemd/system ]; then part_fn failed-units failed_units; fi
