# shellcheck shell=sh
# The outer half of the batch: a private directory, one process group for all probes, one answer.
# Nothing below waits for anything but the inner half, which waits for nothing that can hang.
LC_ALL=C
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin${PATH:+:$PATH}
TERM=dumb
SYSTEMD_PAGER=cat
SYSTEMD_COLORS=0
export LC_ALL PATH TERM SYSTEMD_PAGER SYSTEMD_COLORS
cd /
printf '\n%s CLOCK %s\n' "$mc_nonce" "$(date +%s.%N)"
unset LANGUAGE IFS CDPATH ENV BASH_ENV GREP_OPTIONS GREP_COLORS LS_COLORS COLUMNS LINES PAGER EDITOR \
  LIBVIRT_DEFAULT_URI VIRSH_DEFAULT_CONNECT_URI LIBVIRT_DEBUG LIBVIRT_LOG_OUTPUTS LIBVIRT_LOG_FILTERS \
  VIRSH_DEBUG VIRSH_LOG_FILE LIBVIRT_AUTH_FILE LIBVIRT_GNUTLS_DEBUG
# An agent and tickets are this login's. libvirt's daemon, which logs in for a migration, has none of them.
unset SSH_AUTH_SOCK SSH_AGENT_PID SSH_ASKPASS SSH_ASKPASS_REQUIRE DISPLAY KRB5CCNAME
umask 077

mc_dir=
mc_group=
mc_clean() {
  if [ -n "$mc_group" ]; then
    kill -s KILL -- "-$mc_group" 2>/dev/null
    mc_group=
  fi
  if [ -n "$mc_dir" ]; then
    cd /
    rm -rf -- "$mc_dir"
    mc_dir=
  fi
}
trap mc_clean EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 141' PIPE
trap 'exit 143' TERM

mc_fail() {
  printf '\n%s FAIL %s\n' "$mc_nonce" "$1"
  exit 1
}

mc_file() {
  printf '%s\n' "$2" >"./$1" || mc_fail "cannot write to $mc_dir"
}

for mc_base in /dev/shm /run /tmp /var/tmp; do
  mc_dir=$(mktemp -d "$mc_base/migrate-check.XXXXXXXXXX" 2>/dev/null) || mc_dir=
  if [ -n "$mc_dir" ]; then
    if cd "$mc_dir" && head -c 65536 /dev/zero >./spare 2>/dev/null; then
      break
    fi
    cd /
    rm -rf -- "$mc_dir"
    mc_dir=
  fi
done
if [ -z "$mc_dir" ]; then
  mc_fail "no room for a directory in /dev/shm, /run, /tmp or /var/tmp"
fi
renice -n 19 -p $$ >/dev/null 2>&1
ionice -c 3 -p $$ >/dev/null 2>&1

mc_answer() {
  # All probes are one process group: what one left running ends here, before sizes are taken.
  if command -v setsid >/dev/null 2>&1; then
    setsid $mc_shell ./run </dev/null >/dev/null 2>./errors &
    mc_group=$!
    wait "$mc_group"
    kill -s KILL -- "-$mc_group" 2>/dev/null
    mc_group=
  else
    $mc_shell ./run </dev/null >/dev/null 2>./errors &
    wait "$!"
  fi
  # A full directory may have cut any output without a word: then nothing in it can be trusted.
  if ! head -c 65536 /dev/zero >./spare2 2>/dev/null; then
    mc_fail "$mc_dir is full"
  fi
  wc -c -- *.[eo] >./index 2>>./errors
  printf '\n%s INDEX\n' "$mc_nonce" >./part1
  printf '%s META\n' "$mc_nonce" >./part2
  printf '%s DATA\n' "$mc_nonce" >./part3
  printf '\n%s\n' "$mc_nonce" >./mark
  printf '%s END\n' "$mc_nonce" >./end
  set -- part1 index part2 ./*.m part3
  while read -r mc_size mc_name; do
    case $mc_name in
    *.[eo])
      if [ "$mc_size" -gt 0 ]; then
        set -- "$@" "./$mc_name" mark
        if [ $# -gt 400 ]; then
          cat "$@"
          set --
        fi
      fi
      ;;
    esac
  done <./index
  cat "$@" end
  cat ./errors >&2
}
