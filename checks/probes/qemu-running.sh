# What: which QEMU version each running guest runs, from the log that libvirt keeps of it; how many files its QEMU has open.
# Step: host
# Deadline: 10
# Two lines for each guest: version as logged, program file, name; and "files", their number, name. The name is last, for it
# may hold anything.
directory=/run/libvirt/qemu
if [ ! -d "$directory" ]; then directory=/var/run/libvirt/qemu; fi
for file in "$directory"/*.pid; do
  # A process of libvirt's own has a pid file but no status file beside it.
  if [ ! -e "$file" ] || [ ! -e "${file%.pid}.xml" ]; then continue; fi
  name=${file##*/}
  name=${name%.pid}
  version=
  for log in "/var/log/libvirt/qemu/$name.log" "/var/log/libvirt/qemu/$name.log.0" "/var/log/libvirt/qemu/$name.log.1"; do
    if [ -z "$version" ] && [ -r "$log" ]; then
      version=$(sed -n 's/^[0-9-]* [0-9:.+]*: starting up libvirt version: .* qemu version: \([^,]*\),.*/\1/p' "$log" | tail -n 1)
    fi
  done
  read -r pid <"$file"
  printf '%s\t%s\t%s\n' "$version" "$(readlink "/proc/$pid/exe")" "$name"
  set -- "/proc/$pid/fd/"*
  # They are links to what has no path, such as sockets.
  if [ -L "$1" ]; then printf 'files\t%s\t%s\n' "$#" "$name"; fi
done
