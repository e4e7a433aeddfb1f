# What: which secrets libvirt knows, by UUID and usage; never their values.
# Step: host
# Deadline: 15
# Asks: secret-list
secrets() {
  asked secret-list && echo end
}
part list secrets
definitions() {
  commands=
  for uuid in $(part_output list | awk '{ print $1 }'); do
    case $uuid in *[!0-9a-fA-F-]*) continue ;; esac
    if [ "${#uuid}" = 36 ]; then commands="$commands secret-dumpxml $uuid;"; fi
  done
  if [ -n "$commands" ]; then
    limit virsh -q -c qemu:///system "$commands" || return
  fi
  echo end
}
part definitions definitions
