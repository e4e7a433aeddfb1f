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

# What `timeout` understands here; --foreground keeps commands in the group that is ended at the end.
mc_timeout=none
if timeout --foreground -k 1 9.9 true; then
  mc_timeout=full
elif timeout -k 1 9 true; then
  mc_timeout=simple
elif timeout 9 true; then
  mc_timeout=plain
fi 2>/dev/null

# limit COMMAND...: runs a command until the deadline of its probe.
limit() {
  mc_clock
  mc_left=$((mc_end - mc_time + 1))
  if [ "$mc_left" -le 1 ]; then
    return 124
  fi
  mc_rest=$((mc_left % 100))
  if [ "$mc_rest" -lt 10 ]; then
    mc_rest=0$mc_rest
  fi
  case $mc_timeout in
  full) timeout --foreground -k 1 "$((mc_left / 100)).$mc_rest" "$@" ;;
  simple) timeout -k 1 "$((mc_left / 100 + 1))" "$@" ;;
  plain) timeout "$((mc_left / 100 + 1))" "$@" ;;
  *) "$@" ;;
  esac
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

# part PART COMMAND...: keeps stdout, stderr and exit status of a command as evidence PROBE/PART.
part() {
  mc_begin "$1" || return 2
  shift
  limit "$@" >"./$mc_file.o" 2>"./$mc_file.e" 4>&-
  mc_finish "$?"
}

# part_fn PART FUNCTION...: the same for a shell function, which runs in a subshell.
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
  mc_virsh "$@"
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

# part_output PART: prints what an earlier part of the same probe printed.
part_output() {
  cat "./$mc_probe+$1.o"
}

mc_one() {
  mc_probe=$1
  mc_clock
  mc_start=$mc_time
  mc_end=$((mc_time + $2 * 100))
  # For probes that wait in several steps: what they have in all.
  # shellcheck disable=SC2034
  MC_SECONDS=$2
  exec 4>"./$1.m"
  (
    ulimit -f "$mc_blocks" || exit 125
    # shellcheck source=/dev/null
    . "./$1.sh"
  ) >"./$1.o" 2>"./$1.e" 3>&-
  mc_status=$?
  mc_clock
  mc_flag=-
  if [ "$mc_time" -ge "$mc_end" ]; then
    mc_flag=T
  fi
  printf '%s D %s %s %s\n' "$1" "$mc_status" "$(((mc_time - mc_start) * 10))" "$mc_flag" >&4
  echo "$1" >&3
}

mkfifo ./done
exec 3<>./done
mc_running=
mc_probes() {
  mc_clock
  while [ $# -gt 1 ]; do
    mc_one "$1" "$2" </dev/null &
    mc_running="$mc_running $1:$((mc_time + $2 * 100 + 150))"
    shift 2
  done
  (while sleep 1; do echo .; done) >&3 2>/dev/null &
  while [ -n "$mc_running" ] && read -r mc_token <&3; do
    if [ "$mc_token" = . ]; then
      mc_before=$mc_time
      mc_clock
      # Without /proc the ticks are the clock.
      if [ "$mc_time" -eq 0 ]; then
        mc_time=$((mc_before + 100))
      fi
    fi
    mc_keep=
    for mc_item in $mc_running; do
      if [ "${mc_item%:*}" = "$mc_token" ]; then
        continue
      fi
      if [ "$mc_token" = . ] && [ "$mc_time" -ge "${mc_item#*:}" ]; then
        echo "${mc_item%:*} K" >>./supervisor.m
      else
        mc_keep="$mc_keep $mc_item"
      fi
    done
    mc_running=$mc_keep
  done
}
