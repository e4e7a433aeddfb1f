# Does one migration from beginning to end on the source, whatever becomes of the controller.
d=@DIRECTORY@
export LC_ALL=C
trap '' HUP INT
echo $$ >"$d/pid"
finish() {
  date +%s >"$d/ended"
  echo "$1" >"$d/exit.new"
  mv "$d/exit.new" "$d/exit"
  exit
}
before() { "$@" >>"$d/output" 2>&1 </dev/null || finish "before: $?"; }
after() { "$@" >>"$d/after.new" 2>&1 </dev/null || echo "failed: $*" >>"$d/after"; }
: >"$d/output"
@BEFORE@
@MOVE@ >>"$d/output" 2>&1 </dev/null &
child=$!
# virsh itself can suspend or switch to post-copy after a time, but not give up.
limit=@LIMIT@
waited=0
while [ "$limit" -gt 0 ] && kill -0 $child 2>/dev/null; do
  sleep 1
  waited=$((waited + 1))
  if [ $waited -ge "$limit" ]; then
    echo 'abort after timeout' >"$d/note"
    virsh domjobabort @UUID@ >/dev/null 2>&1 </dev/null
    break
  fi
done
wait $child
code=$?
if [ $code = 0 ]; then
  :
  @AFTER@
fi
finish $code
