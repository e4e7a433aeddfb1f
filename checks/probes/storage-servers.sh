# What: whether the servers of the guests' storage can be resolved and reached from this host.
# Step: link-source, link-destination
# Deadline: 8
# Side effect: opens and closes a TCP connection to each storage server of the judged guests.
# MC_SERVERS: one "NAME PORT" a line.
server() {
  echo "server $1 $2"
  limit getent ahosts "$1" | awk '{ print "address " $1 }' | sort -u
  if command -v bash >/dev/null 2>&1; then
    # shellcheck disable=SC2016 # bash is to expand it
    set -- bash -c 'exec 3<>"/dev/tcp/$1/$2"' bash "$1" "$2"
  elif command -v nc >/dev/null 2>&1; then
    set -- nc -z -w 3 "$1" "$2"
  else
    echo end
    return
  fi
  if limit timeout 3 "$@"; then echo open; else echo closed; fi
  echo end
}
servers_number=0
while read -r name port; do
  if [ -n "$port" ]; then
    part_fn "$servers_number" server "$name" "$port" &
  fi
  servers_number=$((servers_number + 1))
done <<SERVERS
$MC_SERVERS
SERVERS
wait
