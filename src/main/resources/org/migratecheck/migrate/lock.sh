# Takes the lock of a guest on this host; one that nobody holds any more is thrown away. `owner` is set.
mkdir -p "$top" || { say error "cannot make $top"; say end 1; exit; }
if command -v flock >/dev/null 2>&1; then
  exec 9>"$top/.lock"
  flock -w 10 9 || { say error "$top/.lock is held"; say end 1; exit; }
fi
take() {
  mkdir "$d" 2>/dev/null || return 1
  printf '%s\n' "$owner" >"$d/owner"
  : >"$d/beat"
  say lock taken
}
if ! take; then
  if supervisor || moving; then
    say lock moving
  elif [ "$(quiet_for)" -le 120 ]; then
    say lock held
  else
    rm -rf "$d"
    say stale yes
    take || say lock held
  fi
  case $(cat "$d/owner" 2>/dev/null) in *"nonce=$nonce"*) ;; *) emit owner <"$d/owner" ;; esac
  say quiet "$(quiet_for)"
fi
say end 0
