package org.migratecheck.facts.storage;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block device as sysfs shows it.
 *
 * @param name the kernel's name, such as {@code sda} or {@code dm-0}
 * @param number major and minor number, such as {@code 8:0}
 * @param sysPath its directory below {@code /sys/devices}, which tells how it is attached
 * @param bytes its size
 * @param readOnly whether the kernel refuses to write to it
 * @param sectorSize the logical block size in bytes; 0 for a partition, which has its disk's
 * @param wwid the world-wide name as the kernel has it, such as {@code naa.6001...}; may be empty
 * @param serial the serial number as udev has it, such as {@code 36001...}; may be empty
 * @param fsUuid the UUID of the file system on it as udev has it; may be empty
 * @param dmName the device-mapper name, such as {@code mpatha}; empty for other devices
 * @param dmUuid the device-mapper UUID, such as {@code mpath-36001...}; may be empty
 * @param partition the partition's number; 0 for what is none
 * @param state the state of a SCSI device, such as {@code running}; may be empty
 * @param rbd pool, namespace, image and cluster of a Ceph block device; may be empty
 * @param slaves the names of the devices below it
 */
public record BlockDevice(
    String name,
    String number,
    String sysPath,
    long bytes,
    boolean readOnly,
    int sectorSize,
    String wwid,
    String serial,
    String fsUuid,
    String dmName,
    String dmUuid,
    int partition,
    String state,
    String rbd,
    List<String> slaves) {
  private static final Pattern REMOTE_PORT = Pattern.compile("/(rport-[0-9]+:[0-9]+-[0-9]+)/");
  private static final Pattern SESSION = Pattern.compile("/(session[0-9]+)/");
  private static final Pattern ADDRESS =
      Pattern.compile("/([0-9]+):([0-9]+):([0-9]+):([0-9]+)/block/");
  private static final Pattern FC_HOST = Pattern.compile("/(host[0-9]+)/");

  /** Copies the list. */
  public BlockDevice {
    slaves = List.copyOf(slaves);
  }

  /** Returns the path under which people know it. */
  public String path() {
    return dmName.isEmpty() ? "/dev/" + name : "/dev/mapper/" + dmName;
  }

  /** Returns the Fibre Channel remote port that it is reached through. */
  public Optional<String> remotePort() {
    return first(REMOTE_PORT);
  }

  /** Returns the iSCSI session that it is reached through. */
  public Optional<String> session() {
    return first(SESSION);
  }

  /** Returns the SCSI host that it is reached through. */
  public Optional<String> scsiHost() {
    return first(FC_HOST);
  }

  /** Returns the logical unit number of a SCSI device. */
  public Optional<String> lun() {
    Matcher matcher = ADDRESS.matcher(sysPath);
    return matcher.find() ? Optional.of(matcher.group(4)) : Optional.empty();
  }

  /** Returns whether it is a map of dm-multipath. */
  public boolean multipath() {
    return dmUuid.startsWith("mpath-");
  }

  /** Returns whether it is a logical volume. */
  public boolean logicalVolume() {
    return dmUuid.startsWith("LVM-");
  }

  private Optional<String> first(Pattern pattern) {
    Matcher matcher = pattern.matcher(sysPath);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
