# How far it is; also tells that we are still here.
if ours; then : >"$d/beat"; fi
if supervisor; then say supervisor alive; else say supervisor gone; fi
[ ! -f "$d/note" ] || emit note <"$d/note"
if [ -f "$d/exit" ]; then
  emit exit <"$d/exit"
  emit output <"$d/output"
  emit started <"$d/started"
  emit ended <"$d/ended"
  [ ! -f "$d/after" ] || emit after <"$d/after"
else
  v domjobinfo "$u" | emit job
fi
say end 0
