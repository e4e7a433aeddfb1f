# What: whether this host's libvirt has the emulator, machine type and CPU of each guest, and accepts its XML.
# Step: link-source, link-destination
# Deadline: 30 for 8 guests
# Variables: MC_SYSTEM_GUESTS, UUIDs of the active guests that are judged; for the N-th one
# MC_SYSTEM_EMULATOR_N, MC_SYSTEM_ARCH_N, MC_SYSTEM_MACHINE_N, MC_SYSTEM_TYPE_N (kvm or qemu), MC_SYSTEM_CPU_N (its
# CPU element, empty where there is nothing to compare) and MC_SYSTEM_XML_N (its migratable XML).
# MC_QEMU_IDS: user and group id of QEMU on the destination ("107 107"), or nothing.
# The source is asked the same as the destination: what it refuses too is no difference between them.
platform() { # EMULATOR ARCH MACHINE BROKEN
  answer=$(limit virsh -q -c qemu:///system domcapabilities --emulatorbin "$1" --arch "$2" --machine "$3") || return $?
  printf '%s\n' "$answer" | sed -n '1,9p'
  [ -z "$4" ] || printf 'error: it cannot be started: %s\n' "$4" >&2
  [ -z "$4" ]
}
# What a program says that QEMU's user cannot start; nothing where it can. libvirt only remembers what the program could
# do once: its libraries, its interpreter and rights may be gone since.
broken() { # PROGRAM [UID GID]
  if [ "${2:-0}" = 0 ] || [ "$MC_UID" != 0 ] || ! command -v setpriv >/dev/null; then
    said=$(limit "$1" --version 2>&1)
  else
    said=$(limit setpriv --reuid "$2" --regid "$3" --init-groups "$1" --version 2>&1) ||
      said=$(limit setpriv --reuid "$2" --regid "$3" --clear-groups "$1" --version 2>&1)
  fi
  status=$?
  # One that did not answer in time (124, 137) is no broken one.
  case $status in
  0 | 124 | 137) ;;
  *) printf '%s\n' "${said:-It ends with status $status}" | sed -n '1p' ;;
  esac
}
cpu() {
  printf '%s' "$5" | limit virsh -q -c qemu:///system hypervisor-cpu-compare \
    --emulator "$1" --arch "$2" --machine "$3" --virttype "$4" --error /proc/self/fd/0
}
rehearsal() {
  # The answer is QEMU's command line; that there is one is all that counts.
  printf '%s' "$1" | limit virsh -q -c qemu:///system domxml-to-native qemu-argv /proc/self/fd/0 >/dev/null
}
# All of them in one virsh: where none is refused, that is all there is to know.
rehearsals() {
  set --
  number=0
  for guest in ${MC_SYSTEM_GUESTS-}; do
    number=$((number + 1))
    eval "xml=\$MC_SYSTEM_XML_$number"
    # shellcheck disable=SC2154 # assigned by eval, and where parts are made
    printf '%s' "$xml" >"./$mc_probe.xml.$number"
    set -- "$@" "domxml-to-native qemu-argv ./$mc_probe.xml.$number;"
  done
  [ $# -gt 0 ] || return 1
  limit virsh -q -c qemu:///system "$*" >/dev/null 2>"./$mc_probe.said" && [ ! -s "./$mc_probe.said" ]
}
# again PART FUNCTION ARGUMENT...: a part of the guest, which says the same as that of an earlier guest where the
# arguments of this one are the same.
again() {
  eval "last=\${last_$1-} from=\${from_$1-}"
  if [ -n "$last" ] && [ "$last" = "$*" ]; then
    # shellcheck disable=SC2154 # assigned by eval
    part "$1.$guest" part_output "$1.$from"
  elif part_fn "$1.$guest" "$@" && [ ! -s "./$mc_probe+$1.$guest.e" ]; then
    eval "last_$1=\$* from_$1=\$guest"
  fi
}
accepted=
if rehearsals; then accepted=all; fi
number=0
tried=
for guest in ${MC_SYSTEM_GUESTS-}; do
  number=$((number + 1))
  eval "emulator=\$MC_SYSTEM_EMULATOR_$number arch=\$MC_SYSTEM_ARCH_$number machine=\$MC_SYSTEM_MACHINE_$number"
  eval "type=\$MC_SYSTEM_TYPE_$number cpu=\$MC_SYSTEM_CPU_$number xml=\$MC_SYSTEM_XML_$number"
  # shellcheck disable=SC2154 # assigned by eval
  if [ "$emulator" != "$tried" ]; then
    tried=$emulator
    # shellcheck disable=SC2086 # two words or none
    why=$(broken "$emulator" ${MC_QEMU_IDS-})
  fi
  # shellcheck disable=SC2154
  again platform "$emulator" "$arch" "$machine" "$why"
  # shellcheck disable=SC2154
  if [ -n "$cpu" ]; then again cpu "$emulator" "$arch" "$machine" "$type" "$cpu"; fi
  # shellcheck disable=SC2154
  if [ -n "$accepted" ]; then part "rehearsal.$guest" true; else part_fn "rehearsal.$guest" rehearsal "$xml"; fi
done
