# shellcheck shell=sh
# What probes ask of libvirt.

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
  # shellcheck disable=SC2016 # it is awk that expands
  limit awk 'sub(/^# Asks: /, "") && !seen[$0]++' ./*.sh >./.asks 2>/dev/null
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
