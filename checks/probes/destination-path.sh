# What: how the destination's names resolve here, the route to its addresses, round trip and the largest packet that
#   gets through.
# Step: link-source
# Deadline: 12
#
# MC_DESTINATION_NAMES  names and addresses of the destination, the preferred one first
# MC_MIGRATION_HOST     the name or address that the destination announces for migrations
# MC_DESTINATION_MTUS   ADDRESS=MTU of its interfaces
names() {
  for name in $MC_MIGRATION_HOST $MC_DESTINATION_NAMES; do
    echo "name $name"
    limit getent ahosts "$name" | awk '!seen[$1]++ { print "address " $1 }'
  done
}
addresses() { # of the announced name; where it has none, of the first name that has any
  part_output names | awk '
    $1 == "name" { if (n++ && found) exit }
    $1 == "address" { found = 1; print $2 }' | head -n 4
}
routes() {
  part_output names | awk '$1 == "address" && !seen[$2]++ { print $2 }' | head -n 16 |
    while read -r address; do limit ip -o route get "$address" 2>&1 | head -n 1; done
}
echo_request() { # ADDRESS PACKET-SIZE COUNT: prints how many of them were answered and the mean round trip in ms
  case $1 in
  *:*) program=ping overhead=48; if command -v ping6 >/dev/null 2>&1; then program=ping6; fi ;;
  *) program=ping overhead=28 ;;
  esac
  limit "$program" -n -M "do" -c "$3" -i 0.2 -W 1 -s $(($2 - overhead)) "$1" 2>&1 | awk -v a="$1" -v s="$2" '
    / received/ { for (i = 1; i <= NF; i++) if ($i ~ /^received/) got = $(i - 1) }
    /^(rtt|round-trip)/ { split($4, t, "/"); rtt = t[2] }
    /[Mm]essage too long|[Ff]rag needed|Packet too big/ && /mtu ?=/ { m = $0; sub(/.*mtu ?= ?/, "", m); sub(/[^0-9].*/, "", m) }
    END { print "echo", a, s, (got == "" ? "failed" : got), (rtt == "" ? "-" : rtt), (m == "" ? "-" : m) }'
}
echoes() {
  command -v ping >/dev/null 2>&1 || { echo none; return 0; }
  for address in $(addresses); do
    device=$(limit ip -o route get "$address" 2>/dev/null | sed -n 's/.* dev \([^ ]*\).*/\1/p')
    [ -n "$device" ] || continue
    { read -r mtu <"/sys/class/net/$device/mtu"; } || continue
    for pair in $MC_DESTINATION_MTUS; do
      if [ "${pair%=*}" = "$address" ] && [ "${pair##*=}" -lt "$mtu" ]; then mtu=${pair##*=}; fi
    done
    if [ "$mtu" -gt 65000 ]; then continue; fi # the loopback interface
    full=$(echo_request "$address" "$mtu" 2)
    echo "$full"
    case $full in *" 0 "* | *failed*) ;; *) continue ;; esac
    for size in 100 1280 1400 1420 1450 1480 1492 1500 4000 8900 9000; do
      if [ "$size" -lt "$mtu" ]; then echo_request "$address" "$size" 2 & fi
    done
    wait
  done
}
part names names
part routes routes
part echoes echoes
