# What: connects from here to the destination's libvirt over SSH, as `virsh migrate` will.
# Step: link-source
# Deadline: 30
# Side effect: root of the source logs in on the destination once over SSH, which the destination's log shows
#
# MC_DESTINATION_NAMES  names and addresses of the destination, the preferred one first
# MC_DESTINATION_PORT   its SSH port
# MC_DESTINATION_USER   the user to try where root is not let in; may be empty
# shellcheck disable=SC2086 # several names
target=$(resolving $MC_DESTINATION_NAMES)
uri() { # USER
  case $target in *:*) host="[$target]" ;; *) host=$target ;; esac
  if [ "$MC_DESTINATION_PORT" != 22 ]; then host=$host:$MC_DESTINATION_PORT; fi
  echo "qemu+ssh://${1:+$1@}$host/system"
}
# A login may take long on a busy host, or where DNS does not answer, and virsh migrate waits for it.
wait=$((${MC_SECONDS:-30} * 2 / 3))
show_target() {
  echo "name $target"
  echo "wait $wait"
  echo "uri $(uri "$1")"
}
# The capabilities begin with the host's UUID; the rest is long and of no use here.
libvirt() { # USER
  said=$(timeout "$wait" virsh -q -c "$(uri "$1")?no_tty=1" 'hostname; capabilities')
  status=$?
  printf '%s\n' "$said" | sed -n '1,/<\/uuid>/p'
  return $status
}
ssh_config() {
  limit ssh -G -p "$MC_DESTINATION_PORT" "$target" | grep -E '^(hostname|port|user|userknownhostsfile|identityfile|stricthostkeychecking|hostkeyalias|proxyjump|proxycommand) '
}
part target show_target ""
part libvirt libvirt ""
first=$?
if ! part_output libvirt | grep -q '</uuid>'; then
  part_fn ssh-config ssh_config
  # The keys that answer at the SSH port; they cost connections, so only where something is wrong.
  part ssh-scan timeout 4 ssh-keyscan -T 3 -p "$MC_DESTINATION_PORT" "$target"
  # Where root meets silence, no other user is answered.
  if [ -n "$MC_DESTINATION_USER" ] && [ "$first" != 124 ]; then
    part_fn user-target show_target "$MC_DESTINATION_USER"
    part_fn user-libvirt libvirt "$MC_DESTINATION_USER"
  fi
fi
