# Gives the lock back, with all that was written about this migration.
if ours; then
  rm -rf "$d"
  say lock released
fi
rm -f "$top/.lock"
rmdir "$top" 2>/dev/null
say end 0
