# shellcheck shell=bash
# Guests: guest.xml with its @PLACEHOLDERS@ filled in, defined and started on a host.
guest_usage() {
  cat >&2 <<'U'
lab guest HOST [NAME] [OPTION...]: define and start a guest (default name: guest)
  --memory MIB      memory (default 128)
  --ticker          instead of Linux a boot sector that counts on the console and on the second sector of
                    the disk, in 32 MiB and without network (where Linux would need long to start)
  --linux           Linux (the default)
  --dirty MIB       rewrite so much memory in a loop, with equal bytes
  --changing        rewrite it with other bytes each time
  --rate MIB        rewrite at most so much a second
  --disk PATH       image; made when absent (default: NAME.img on the shared storage); or a device
  --format FORMAT   of the image (default raw)
  --no-disk         without a disk
  --bridge NAME     bridge (default br0)
  --network NAME    libvirt network instead of a bridge
  --device XML      a further device (repeatable)
  --sed SCRIPT      changes the XML by a sed script (repeatable)
  --xml             only print the XML
  --define          define, do not start
  --paused          start, but do not let it run
Every guest has its own address, 10.77.0.50 for "guest" (10.78.0.50 on br1 or a network, 10.79.100.50 on br100), and counts on the log
/var/log/libvirt/qemu/NAME-serial.log.
U
  exit 2
}
guest() {
  local host=${1:-} name=guest memory=128 dirty='' changing='' rate='' disk='' format=raw bridge=br0 network='' only='' number devices='' edits=() ticker=''
  [ -n "$host" ] || guest_usage
  lab_known "$host"
  shift
  case ${1:-} in "" | -*) ;; *) name=$1; shift ;; esac
  case $name in *[/\|\&\<\>\"\'\\]* | *[[:cntrl:]]*) lab_die "bad guest name" ;; esac
  while [ $# -gt 0 ]; do
    case $1 in
      --memory) memory=$2; shift ;;
      --ticker)
        ticker=/var/lib/libvirt/boot/ticker
        memory=32
        edits+=(-e '/<kernel>/d; /<initrd>/d; /<cmdline>/d; s|</type>|&<boot dev="hd"/>|' -e "s|<model type='virtio'/>|&<rom enabled='no'/>|")
        ;;
      --linux) ;;
      --dirty) dirty=$2; shift ;;
      --changing) changing=16 ;;
      --rate) rate=$2; shift ;;
      --disk) disk=$2; shift ;;
      --format) format=$2; shift ;;
      --no-disk) disk=none ;;
      --bridge) bridge=$2; shift ;;
      --network) network=$2; shift ;;
      --device) devices+=$2; shift ;;
      --sed) edits+=(-e "$2"); shift ;;
      --xml | --define | --paused) only=${1#--} ;;
      *) guest_usage ;;
    esac
    shift
  done
  # Names give addresses: guest -> .50, anything else a stable number above it.
  if [ "$name" = guest ]; then number=50; else number=$((51 + $(cksum <<<"$name" | cut -d' ' -f1) % 200)); fi
  [ -n "$disk" ] || disk=/var/lib/libvirt/images/shared/$name.img
  local xml net=$LAB_NET
  if [ -n "$network" ] || [ "$bridge" = br1 ]; then net=$LAB_NET2; fi
  if [ "$bridge" = br100 ]; then net=$LAB_VLAN_NET; fi
  xml=$(guest_xml)
  if [ -n "$devices" ]; then xml=${xml/<memballoon/$devices<memballoon}; fi
  if [ ${#edits[@]} -gt 0 ]; then xml=$(sed "${edits[@]}" <<<"$xml"); fi
  if [ "$only" = xml ]; then echo "$xml"; return; fi
  # shellcheck disable=SC2016
  lab_enter "$host" sh -c 'set -e
    [ "$1" = none ] || [ -e "$1" ] || truncate -s 16M "$1"
    # Past the page cache, which would keep it after another host has written there.
    [ -z "$5" ] || dd if="$5" of="$1" bs=64k conv=notrunc oflag=direct status=none
    printf "%s\n" "$2" >/run/guest.xml
    virsh -q define /run/guest.xml >/dev/null
    rm /run/guest.xml
    case $3 in
      define) ;;
      paused) virsh -q start --paused "$4" >/dev/null ;;
      *) virsh -q start "$4" >/dev/null ;;
    esac' guest "$disk" "$xml" "$only" "$name" "$ticker"
}
guest_xml() {
  local disk_xml='' nic kind attribute
  if [ "$disk" != none ]; then
    case $disk in /dev/*) kind=block attribute=dev ;; *) kind=file attribute=file ;; esac
    disk_xml="<disk type='$kind' device='disk'><driver name='qemu' type='$format' cache='none'/><source $attribute='$disk'/><target dev='vda' bus='virtio'/></disk>"
  fi
  if [ -n "$network" ]; then nic="<interface type='network'><source network='$network'/>"; else nic="<interface type='bridge'><source bridge='$bridge'/>"; fi
  nic="$nic<mac address='52:54:00:4c:00:$(printf %02x "$number")'/><model type='virtio'/></interface>"
  sed -e "s|@NAME@|$name|g; s|@UUID@|4c4c4544-1000-4000-8000-0000000000$(printf %02x "$number")|; s|@MEMORY@|$memory|" \
    -e "s|@MACHINE@|$RHEL_MACHINE|; s|@DISK@|$disk_xml|; s|@NIC@|$nic|" \
    -e "s|@CMDLINE@|console=ttyS0 quiet panic=-1 no_timer_check lab.ip=$net.$number${dirty:+ lab.dirty=$dirty}${changing:+ lab.changing=$changing}${rate:+ lab.rate=$rate}|" "$LAB_SH/guest.xml"
}
