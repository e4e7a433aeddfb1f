# What is left on the source.
state=$(v domstate "$u")
case $state in
*'failed to get domain'* | *'Domain not found'*) say state absent ;;
error:* | '') say error "$state" ;;
*)
  say state "$state"
  v dominfo "$u" | emit info
  ;;
esac
# shellcheck disable=SC2013 # names in /proc have no blanks
for file in $(grep -lsaF -- "$u" /proc/[0-9]*/cmdline); do
  if tr '\0' '\n' <"$file" 2>/dev/null | grep -xA1 -e -uuid | grep -qxF "$u"; then say process "$file"; fi
done
say end 0
