# The UUIDs of guests of this name, from libvirt and from what a migration left here. `name` is set.
said=$(v domuuid --domain "$name" | grep .)
if printf '%s\n' "$said" | grep -qx '[0-9a-f-]\{36\}'; then
  printf '%s\n' "$said" | emit uuid
else
  case $said in
  *'failed to get domain'* | *'Domain not found'*) ;;
  *) say error "${said:-virsh does not answer}" ;;
  esac
fi
for owner in "$top"/*/owner; do
  if grep -qxF "guest=$name" "$owner" 2>/dev/null; then
    owner=${owner%/owner}
    say left "${owner##*/}"
  fi
done
say end 0
