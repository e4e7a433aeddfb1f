# What: block devices: size, read-only flag, sector size, world-wide names, device-mapper names, what lies under what.
# Step: host
# Deadline: 10
# Only sysfs, the udev data base and the device-mapper tables are read: no device is touched.
devices() {
  if [ -d /sys/class/block ]; then
    ls -l /sys/class/block || return
  fi
  echo end
}
attributes() {
  # grep without a match in a missing file is no failure: every device has its own set of files.
  grep -Hs '' /sys/class/block/*/dev /sys/class/block/*/size /sys/class/block/*/ro /sys/class/block/*/partition \
    /sys/class/block/*/queue/logical_block_size /sys/class/block/*/device/wwid /sys/class/block/*/wwid \
    /sys/class/block/*/device/state /sys/class/block/*/dm/name /sys/class/block/*/dm/uuid \
    /sys/class/block/*/dm/suspended /sys/class/block/*/loop/backing_file /sys/class/block/*/md/uuid
  echo end
}
slaves() {
  for slave in /sys/class/block/*/slaves/*; do
    if [ -e "$slave" ]; then echo "$slave"; fi
  done
  echo end
}
udev() {
  grep -Hs -E '^E:(ID_SERIAL|ID_WWN_WITH_EXTENSION|ID_FS_UUID|ID_FS_TYPE)=' /run/udev/data/b*
  echo end
}
nvme() {
  grep -Hs '' /sys/class/nvme/*/transport /sys/class/nvme/*/state /sys/class/nvme/*/address /sys/class/nvme/*/subsysnqn
  for controller in /sys/class/nvme-subsystem/*/nvme*; do
    if [ -e "$controller" ]; then echo "$controller"; fi
  done
  echo end
}
rbd() {
  grep -Hs '' /sys/bus/rbd/devices/*/pool /sys/bus/rbd/devices/*/name /sys/bus/rbd/devices/*/pool_ns \
    /sys/bus/rbd/devices/*/image_id /sys/bus/rbd/devices/*/cluster_fsid /sys/bus/rbd/devices/*/current_snap
  echo end
}
multipath_status() {
  for name in /sys/class/block/dm-*/dm/uuid; do
    uuid=
    if [ -r "$name" ]; then read -r uuid <"$name"; fi
    case $uuid in
    mpath-*)
      limit dmsetup status --target multipath || return
      break
      ;;
    esac
  done
  echo end
}
part devices devices
part attributes attributes
part slaves slaves
part udev udev
part nvme nvme
part rbd rbd
part multipath multipath_status
