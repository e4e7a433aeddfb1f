# shellcheck shell=sh
# The inner half of the batch: runs the probes side by side, each until its deadline.
# Times are hundredths of a second since boot: /proc/uptime is read without starting a process.
mc_time=0
mc_clock() {
  mc_up=0.0
  read -r mc_up _ </proc/uptime
  case $mc_up in
  0.*) mc_time=0 ;;
  *) mc_time=${mc_up%.*}${mc_up#*.} ;;
  esac
}

# limit COMMAND...: runs a command if its probe has time left; 124 where it had too little. The supervisor ends what
# a probe runs at its deadline: a `timeout` for each command would be a third of all processes.
limit() {
  mc_clock
  if [ "$mc_time" -ge "$mc_end" ]; then
    return 124
  fi
  "$@"
  mc_status=$?
  mc_clock
  if [ "$mc_time" -ge "$mc_end" ]; then
    return 124
  fi
  return "$mc_status"
}

mc_inside=
mc_begin() {
  if [ -n "$mc_inside" ]; then
    echo "part: '$1' is inside another part" >&2
    return 2
  fi
  case $1 in
  '' | *[!A-Za-z0-9._-]*)
    echo "part: '$1' is no name of a part" >&2
    return 2
    ;;
  esac
  mc_file=$mc_probe+$1
  if [ "${#1}" -gt 150 ] || [ -e "./$mc_file.o" ]; then
    echo "part: '$1' is too long or there twice" >&2
    return 2
  fi
  mc_part=$1
  printf '%s S %s\n' "$mc_probe" "$1" >&4
  mc_clock
  mc_began=$mc_time
}

# Whatever ends at or after the deadline may have been cut by it, even in the middle of a pipeline.
mc_finish() {
  mc_clock
  mc_flag=-
  if [ "$mc_time" -ge "$mc_end" ]; then
    mc_flag=T
  fi
  printf '%s E %s %s %s %s\n' "$mc_probe" "$mc_part" "$1" "$(((mc_time - mc_began) * 10))" "$mc_flag" >&4
  return "$1"
}

# part PART COMMAND...: keeps stdout, stderr and exit status of a command, or of a function that neither exits nor
# changes directory or a variable that goes on being used, as evidence PROBE/PART.
part() {
  mc_begin "$1" || return 2
  shift
  limit "$@" >"./$mc_file.o" 2>"./$mc_file.e" 4>&-
  mc_finish "$?"
}

# part_fn PART FUNCTION...: the same for any shell function, in a subshell.
part_fn() {
  mc_begin "$1" || return 2
  shift
  (
    mc_inside=yes
    "$@"
  ) >"./$mc_file.o" 2>"./$mc_file.e" 4>&-
  mc_finish "$?"
}

# virsh_parts PART COMMAND...: for each pair the same as `part PART virsh -q -c qemu:///system COMMAND`. One virsh
# answers for all, because most of its time goes into its start. What it says on stderr cannot be told
# apart, so where it says anything there, each half of the commands gets a virsh of its own, and so on.
virsh_parts() {
  mc_number=0
  for mc_word in "$@"; do
    mc_number=$((mc_number + 1))
    if [ $((mc_number % 2)) -eq 1 ]; then
      mc_begin "$mc_word" || return 2
    fi
  done
  mc_known "$@" || mc_virsh "$@"
}
mc_virsh() {
  if [ $# -eq 2 ]; then
    limit virsh -q -c qemu:///system "$2" >"./$mc_probe+$1.o" 2>"./$mc_probe+$1.e" 4>&-
    mc_status=$?
    mc_part=$1
    mc_finish "$mc_status"
  elif mc_together "$@"; then
    while [ $# -gt 0 ]; do
      mc_part=$1
      mc_finish 0
      shift 2
    done
  elif [ $# -gt 2 ]; then
    mc_some 0 $(($# / 2 - $# / 2 % 2)) "$@"
    mc_some $(($# / 2 - $# / 2 % 2)) $# "$@"
  fi
}
# mc_some FROM TO WORD...: mc_virsh with some of the words.
mc_some() {
  mc_from=$1
  mc_to=$2
  shift 2
  mc_number=0
  for mc_word in "$@"; do
    shift
    if [ "$mc_number" -ge "$mc_from" ] && [ "$mc_number" -lt "$mc_to" ]; then
      set -- "$@" "$mc_word"
    fi
    mc_number=$((mc_number + 1))
  done
  mc_virsh "$@"
}
# The name of this directory is random: no answer can hold the line that ends one. Some releases of virsh end the
# line of their echo and some do not, which the first two lines tell.
mc_together() {
  mc_names=
  mc_pair=whole
  mc_mark="echo '${PWD##*/}
'; "
  mc_commands=$mc_mark$mc_mark
  for mc_word in "$@"; do
    if [ -n "$mc_pair" ]; then
      mc_names="$mc_names $mc_word"
      mc_pair=
    else
      mc_commands="$mc_commands${mc_word%; }; $mc_mark"
      mc_pair=whole
    fi
  done
  limit virsh -q -c qemu:///system "$mc_commands" >"./$mc_probe+.all" 2>"./$mc_probe+.said" 4>&- &&
    [ ! -s "./$mc_probe+.said" ] &&
    awk -v mark="${PWD##*/}" -v base="./$mc_probe+" -v names="$mc_names" '
      function start() {
        at++
        skip = ends
        if (at <= last) { printf "" >(base name[at] ".o"); printf "" >(base name[at] ".e"); close(base name[at] ".e") }
      }
      BEGIN { last = split(names, name, " ") }
      NR == 1 { if ($0 != mark) exit; next }
      NR == 2 && $0 == "" { ends = 1; next }
      at == 0 { if ($0 != mark) exit; start(); next }
      skip { skip = 0; next }
      $0 == mark { close(base name[at] ".o"); start(); next }
      at <= last { print >(base name[at] ".o") }
      END { exit at != last + 1 }' "./$mc_probe+.all"
}

# asked COMMAND: what virsh says to a command that a line `# Asks: COMMAND` of a probe names. One virsh answers those of
# all probes of the script; where it complains, each probe asks on its own.
asked() {
  if mc_answers && mc_answer "$1"; then
    limit cat "./.asked+$mc_number.o"
  else
    limit virsh -q -c qemu:///system "$1"
  fi
}
# mc_known PART COMMAND...: fills the parts if all commands were answered already.
mc_known() {
  mc_answers || return
  for mc_turn in look take; do
    mc_pair=
    for mc_word in "$@"; do
      if [ -z "$mc_pair" ]; then
        mc_pair=$mc_word
      elif ! mc_answer "$mc_word"; then
        return 1
      else
        if [ "$mc_turn" = take ]; then
          limit cat "./.asked+$mc_number.o" >"./$mc_probe+$mc_pair.o" 2>"./$mc_probe+$mc_pair.e" 4>&-
          mc_status=$?
          mc_part=$mc_pair
          mc_finish "$mc_status"
        fi
        mc_pair=
      fi
    done
  done
}
mc_answer() {
  while read -r mc_number mc_line; do
    if [ "$mc_line" = "$1" ]; then
      return
    fi
  done <./answers
  return 1
}
# The first probe that comes here asks for all; the others wait in a process that their deadline can end.
mc_answers() {
  if [ -z "$mc_asking" ]; then
    mc_asking=yes
    set -C
    if { true >./asking; } 2>/dev/null; then
      set +C
      mc_ask
      echo >&5
    else
      set +C
      (read -r mc_line && echo >&5) <&5
    fi
  fi
  [ -e ./answers ]
}
mc_asking=
mc_ask() {
  limit sed -n 's/^# Asks: //p' ./*.sh >./.asks 2>/dev/null
  mc_own=$mc_probe
  mc_probe=.asked
  mc_number=0
  set --
  while read -r mc_line; do
    mc_number=$((mc_number + 1))
    set -- "$@" "$mc_number" "$mc_line"
  done <./.asks
  if [ $# -gt 0 ] && mc_together "$@"; then
    while [ $# -gt 0 ]; do
      echo "$1 $2"
      shift 2
    done >./.answers
    mv ./.answers ./answers
  fi
  mc_probe=$mc_own
}

# resolving NAME...: prints the first name that resolves on this host; the first of all where none does.
resolving() {
  for mc_word in "$@"; do
    if limit getent ahosts "$mc_word" >/dev/null; then
      echo "$mc_word"
      return 0
    fi
  done
  echo "$1"
}

# text_of FILE: prints a small text file without starting a process. Not for /proc/sys, which gives its values only to
# who reads them at once.
text_of() {
  while IFS= read -r mc_line || [ -n "$mc_line" ]; do
    printf '%s\n' "$mc_line"
  done <"$1" || return 1
}

# part_output PART: prints what an earlier part of the same probe printed.
part_output() {
  cat "./$mc_probe+$1.o"
}

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
