# Tells that we are still here.
if ours; then : >"$d/beat"; fi
say end 0
