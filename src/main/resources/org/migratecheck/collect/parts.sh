# shellcheck shell=sh
# What probes call: parts of evidence, each of which says how it ended.
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
