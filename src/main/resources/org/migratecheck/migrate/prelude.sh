# What the scripts of a migration share. Java sets: n (a random word that marks every line of ours),
# u (the guest's UUID), nonce (who we are).
export LC_ALL=C
# The plan's commands name no connection: uri_default of libvirt.conf must not choose another.
export LIBVIRT_DEFAULT_URI=qemu:///system
unset VIRSH_DEFAULT_CONNECT_URI
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
umask 077
top=/run/migrate-check
d=$top/$u
say() { printf '%s %s %s\n' "$n" "$1" "$2"; }
emit() { # KEY: standard input, line by line
  head -c 65536 | while IFS= read -r line || [ -n "$line" ]; do printf '%s %s %s\n' "$n" "$1" "$line"; done
}
v() { timeout 15 virsh -q -c qemu:///system "$@" 2>&1 </dev/null; }
ours() { [ -f "$d/owner" ] && grep -qxF "nonce=$nonce" "$d/owner"; }
supervisor() { # whether the supervisor of this guest's migration lives
  pid=$(cat "$d/pid" 2>/dev/null) && [ -n "$pid" ] && tr '\0' '\n' <"/proc/$pid/cmdline" 2>/dev/null | grep -qxF "$d/run"
}
quiet_for() { # seconds since the owner was last heard of
  beat=$(stat -c %Y "$d/beat" 2>/dev/null || stat -c %Y "$d" 2>/dev/null) || beat=0
  echo $(($(date +%s) - beat))
}
moving() { v domjobinfo "$u" | grep -q '^Operation: *\(Outgoing\|Incoming\) migration' && v domjobinfo "$u" | grep -q '^Job type: *\(Unbounded\|Bounded\)'; }
