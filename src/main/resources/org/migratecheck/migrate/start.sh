# Starts the move, detached from this session. `run` is the supervisor's text.
if ! ours; then
  say error "the lock is not ours any more"
  say end 1
  exit
fi
printf '%s\n' "$run" >"$d/run"
date +%s >"$d/started"
setsid nohup /bin/sh "$d/run" </dev/null >/dev/null 2>&1 &
i=0
while [ $i -lt 50 ] && [ ! -s "$d/pid" ]; do
  sleep 0.1
  i=$((i + 1))
done
[ -s "$d/pid" ] || say error "the supervisor did not start"
say end 0
