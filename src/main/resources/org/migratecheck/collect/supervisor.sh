# shellcheck shell=sh
# The supervisor: runs the probes side by side, each until its deadline.
# A probe is one process, so it says in its last moment how it ended.
mc_one() {
  mc_probe=$1
  mc_clock
  mc_start=$mc_time
  mc_end=$((mc_time + $2 * 100))
  # For probes that wait in several steps: what they have in all.
  # shellcheck disable=SC2034
  MC_SECONDS=$2
  exec 4>"./$1.m" >"./$1.o" 2>"./$1.e" 3>&-
  trap 'mc_done "$?"' EXIT
  read -r mc_pid _ </proc/self/stat && echo "$mc_pid $mc_end" >"./$1.pid"
  # shellcheck disable=SC2154 # set by who writes this script
  ulimit -f "$mc_blocks" || exit 125
  # shellcheck source=/dev/null
  . "./$1.sh"
}
mc_done() {
  mc_clock
  mc_flag=-
  if [ "$mc_time" -ge "$mc_end" ]; then
    mc_flag=T
  fi
  printf '%s D %s %s %s\n' "$mc_probe" "$1" "$(((mc_time - mc_start) * 10))" "$mc_flag" >&4
  echo "$mc_probe" >"$mc_here/done"
}

mc_here=$PWD
# Who runs the probes; seldom another than root.
MC_UID=$(id -u)
export MC_UID
mkfifo ./done ./asked
exec 3<>./done 5<>./asked

# How many probes compute at the same time: with all of them at once, none would get far on a busy host before its
# deadline. One that runs for two seconds waits for something, and its place is given to the next.
mc_cpus=1
{ read -r mc_cpus </sys/devices/system/cpu/online; } 2>/dev/null
mc_cpus=${mc_cpus##*[-,]}
case $mc_cpus in
'' | *[!0-9]* | ????*) mc_cpus=1 ;;
esac
mc_places=$((6 + 2 * mc_cpus))

# mc_kill SIGNAL PROBE: ends what a probe started, not the probe itself, which goes on to say so. TERM goes to the ends
# of the tree alone, so that functions in the background, too, say what was cut; KILL goes to all of it. The scan of
# /proc is repeated while it finds children of what it found.
mc_kill() {
  read -r mc_pid mc_due <"./$2.pid" || return
  # On a busy host it began later than it was started. What ends before its time would look whole.
  if [ "$mc_time" -lt "$mc_due" ]; then
    return
  fi
  mc_tree=" $mc_pid "
  mc_parents=" $mc_pid "
  mc_found=yes
  while [ -n "$mc_found" ]; do
    mc_found=
    for mc_stat in /proc/[0-9]*/stat; do
      { read -r mc_line <"$mc_stat"; } 2>/dev/null || continue
      mc_pid=${mc_line%% *}
      # The name of a program may hold blanks and brackets; the fields behind it are "state parent".
      mc_line=${mc_line##*) }
      mc_line=${mc_line#* }
      case $mc_tree in
      *" $mc_pid "*) ;;
      *" ${mc_line%% *} "*)
        mc_tree="$mc_tree$mc_pid "
        mc_parents="$mc_parents${mc_line%% *} "
        mc_found=yes
        ;;
      esac
    done
  done
  for mc_pid in ${mc_tree#* * }; do
    case $1$mc_parents in
    TERM*" $mc_pid "*) ;;
    *) kill -s "$1" "$mc_pid" ;;
    esac
  done
} 2>/dev/null

mc_probes() {
  mc_running=
  mc_free=$mc_places
  mc_clock
  (while sleep 1; do echo .; done) >&3 2>/dev/null &
  while :; do
    while [ $# -gt 1 ] && [ "$mc_free" -gt 0 ]; do
      mc_one "$1" "$2" </dev/null &
      mc_running="$mc_running $1:$((mc_time + $2 * 100)):$((mc_time + 200))"
      mc_free=$((mc_free - 1))
      shift 2
    done
    if [ -z "$mc_running" ] || ! read -r mc_token <&3; then
      break
    fi
    mc_before=$mc_time
    mc_clock
    # Without /proc the ticks are the clock.
    if [ "$mc_time" -eq 0 ]; then
      mc_time=$mc_before
      if [ "$mc_token" = . ]; then
        mc_time=$((mc_before + 100))
      fi
    fi
    mc_keep=
    mc_free=$mc_places
    for mc_item in $mc_running; do
      mc_name=${mc_item%%:*}
      if [ "$mc_name" = "$mc_token" ]; then
        continue
      fi
      mc_times=${mc_item#*:}
      mc_over=$((mc_time - ${mc_times%:*}))
      if [ "$mc_token" = . ] && [ "$mc_over" -ge 0 ]; then
        if [ "$mc_over" -lt 100 ]; then
          mc_kill TERM "$mc_name"
        else
          mc_kill KILL "$mc_name"
        fi
        if [ "$mc_over" -ge 300 ]; then
          echo "$mc_name K" >>./supervisor.m
          continue
        fi
      fi
      mc_keep="$mc_keep $mc_item"
      if [ "$mc_time" -lt "${mc_times#*:}" ]; then
        mc_free=$((mc_free - 1))
      fi
    done
    mc_running=$mc_keep
  done
}
