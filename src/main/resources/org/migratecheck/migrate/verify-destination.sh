# What the guest does on the destination. `agent` is 1 where an agent answered before.
v domstate "$u" | emit state
v domname "$u" | emit name
v dominfo "$u" | emit info
v domjobinfo "$u" --completed | emit completed
stats() { v domstats "$u" --vcpu --block | emit "$1"; }
stats before
sleep 2
stats later
v domiflist "$u" | while read -r tap _ source _ mac _; do
  [ -e "/sys/class/net/$tap" ] || continue
  bridge=$(readlink "/sys/class/net/$tap/master")
  bridge=${bridge##*/}
  carrier=$(cat "/sys/class/net/$tap/carrier" 2>/dev/null)
  port=$(cat "/sys/class/net/$tap/brport/state" 2>/dev/null)
  learnt=unknown
  if [ -n "$port" ] && command -v bridge >/dev/null 2>&1; then
    learnt=no
    i=0
    while [ $i -lt 10 ]; do
      if bridge fdb show br "$bridge" 2>/dev/null | grep -i "^$mac dev $tap " | grep -qv permanent; then
        learnt=yes
        break
      fi
      sleep 0.5
      i=$((i + 1))
    done
  fi
  say port "$tap ${bridge:--} carrier=${carrier:-?} state=${port:-?} mac=$mac learnt=$learnt"
done
if [ "$agent" = 1 ]; then
  v qemu-agent-command "$u" '{"execute":"guest-ping"}' --timeout 5 | emit agent
fi
if command -v qemu-img >/dev/null 2>&1; then
  v domblklist "$u" --details | while read -r kind device target path; do
    case $device in disk) ;; *) continue ;; esac
    case $path in /*) ;; *) continue ;; esac
    if v dumpxml "$u" | grep -A20 "<source [a-z]*='$path'" | sed '/<\/disk>/q' | grep -qE '<(shareable|readonly)/>'; then
      say disk "$target shared"
    elif out=$(timeout 10 qemu-img info "$path" 2>&1); then
      say disk "$target none"
    else
      case $out in *'Failed to get'*lock*) say disk "$target locked" ;; *) say disk "$target unknown" ;; esac
    fi
  done
fi
name=$(v domname "$u")
log=/var/log/libvirt/qemu/$name.log
if [ -r "$log" ]; then
  say log read
  awk '/: starting up libvirt version/ { text = "" } { text = text $0 "\n" } END { printf "%s", text }' "$log" |
    grep -v '^[A-Z_]*=\|^-\|\\$\|^/' | grep -i 'error\|fail\|could not\|cannot\|unable\|assert\|warning' | tail -n 20 | emit logged
fi
say end 0
