# Ends the migration; the guest stays on the source.
if ours; then echo 'abort on request' >"$d/note"; fi
v domjobabort "$u" | emit said
say end 0
