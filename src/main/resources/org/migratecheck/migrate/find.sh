# The UUIDs of guests of this name, from libvirt and from what a migration left here. `name` is set.
v domuuid --domain "$name" | grep -x "[0-9a-f-]\{36\}" | emit uuid
for owner in "$top"/*/owner; do
  if grep -qxF "guest=$name" "$owner" 2>/dev/null; then
    owner=${owner%/owner}
    say left "${owner##*/}"
  fi
done
say end 0
