# What: every guest that libvirt knows on this host: state, live, inactive and migratable XML.
# Step: host
# Deadline: 20
# Asks: list --all --uuid
# Asks: list --all --autostart --uuid
# Asks: list --all --persistent --uuid
virsh_parts list 'list --all --uuid' autostart 'list --all --autostart --uuid' \
  persistent 'list --all --persistent --uuid'
set --
for guest in $(part_output list); do
  case $guest in
  *[!0-9a-f-]*) continue ;;
  esac
  set -- "$@" "state.$guest" "domstate --reason $guest" "xml.$guest" "dumpxml $guest" \
    "inactive.$guest" "dumpxml --inactive $guest" "migratable.$guest" "dumpxml --migratable $guest"
  if [ $# -ge 256 ]; then
    virsh_parts "$@"
    set --
  fi
done
if [ $# -gt 0 ]; then virsh_parts "$@"; fi
