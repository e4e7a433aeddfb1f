# Where the guest is and what happens to it, from this host alone.
state=$(v domstate --reason "$u")
case $state in
*'failed to get domain'* | *'Domain not found'*) say state absent ;;
error:* | '') printf '%s\n' "${state:-virsh does not answer}" | emit error ;;
*)
  say state "$state"
  v domname "$u" | emit name
  v dominfo "$u" | emit info
  v domjobinfo "$u" | emit job
  ;;
esac
# Without libvirt the processes still tell whether the guest lives.
# shellcheck disable=SC2013 # names in /proc have no blanks
for file in $(grep -lsaF -- "$u" /proc/[0-9]*/cmdline); do
  if tr '\0' '\n' <"$file" 2>/dev/null | grep -xA1 -e -uuid | grep -qxF "$u"; then
    file=${file#/proc/}
    say process "${file%%/*}"
  fi
done
# Only root is shown all of them everywhere.
if [ "$(id -u)" = 0 ]; then say processes all; fi
if [ -d "$d" ]; then
  emit owner <"$d/owner"
  say quiet "$(quiet_for)"
  if supervisor; then say supervisor alive; else say supervisor gone; fi
  for part in started ended exit output after note; do
    [ ! -f "$d/$part" ] || emit "$part" <"$d/$part"
  done
fi
say end 0
