package org.migratecheck.check.storage;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.storage.BlockDevice;
import org.migratecheck.facts.storage.BlockDevices;

/**
 * What makes a block device the same device on every host that reaches it. The world-wide name of a
 * LUN is written in three ways: {@code naa.6001...} by sysfs, {@code 36001...} by udev, {@code
 * mpath-36001...} by multipath (scsi_id(8): the first digit is the designator's type).
 *
 * @param kind which kind of identity; only the same kinds can be compared
 * @param value the identity
 */
record DeviceIdentity(String kind, String value) {
  private static final Pattern PART = Pattern.compile("part([0-9]+)-(.+)");
  private static final Pattern LVM = Pattern.compile("LVM-([A-Za-z0-9]{64})(-.*)?");
  private static final Pattern SERIAL = Pattern.compile("[23][0-9a-f]{16,32}");

  /** Returns the identity for people. */
  String text() {
    return (kind.startsWith("scsi") ? "WWID " : kind + " ") + value;
  }

  /** Returns a device's identity; empty when nothing tells it from others. */
  static Optional<DeviceIdentity> of(BlockDevice device, BlockDevices devices) {
    return of(device, devices, 0);
  }

  private static Optional<DeviceIdentity> of(BlockDevice device, BlockDevices devices, int depth) {
    if (depth > 16) {
      return Optional.empty();
    }
    if (!device.dmUuid().isEmpty()) {
      return mapped(device, devices, depth);
    }
    Optional<BlockDevice> disk = devices.disk(device);
    if (disk.isPresent()) {
      return of(disk.get(), devices, depth + 1)
          .map(i -> i.part(Integer.toString(device.partition())));
    }
    if (!device.rbd().isEmpty()) {
      return Optional.of(new DeviceIdentity("rbd", device.rbd()));
    }
    if (device.name().startsWith("nvme")) {
      return device.wwid().isEmpty()
          ? Optional.empty()
          : Optional.of(new DeviceIdentity("nvme", device.wwid()));
    }
    return wwid(device.wwid())
        .or(
            () ->
                SERIAL.matcher(device.serial()).matches()
                    ? Optional.of(scsi(device.serial()))
                    : Optional.empty());
  }

  private static Optional<DeviceIdentity> mapped(
      BlockDevice device, BlockDevices devices, int depth) {
    String uuid = device.dmUuid();
    Matcher part = PART.matcher(uuid);
    if (part.matches()) {
      return part.group(2).startsWith("mpath-")
          ? Optional.of(scsi(part.group(2).substring(6)).part(part.group(1)))
          : below(device, devices, depth).map(i -> i.part(part.group(1)));
    }
    if (device.multipath()) {
      return Optional.of(scsi(uuid.substring(6)));
    }
    Matcher lvm = LVM.matcher(uuid);
    if (lvm.matches()) {
      return Optional.of(new DeviceIdentity("LV", lvm.group(1)));
    }
    // A map without a name of its own that covers one device, such as an encrypted one.
    return below(device, devices, depth)
        .map(i -> new DeviceIdentity(i.kind + "+dm", i.value + " " + uuid));
  }

  private static Optional<DeviceIdentity> below(
      BlockDevice device, BlockDevices devices, int depth) {
    List<BlockDevice> slaves =
        device.slaves().stream()
            .flatMap(s -> Optional.ofNullable(devices.devices().get(s)).stream())
            .toList();
    return slaves.size() == 1 ? of(slaves.get(0), devices, depth + 1) : Optional.empty();
  }

  private DeviceIdentity part(String number) {
    return new DeviceIdentity(kind + "+part", value + " partition " + number);
  }

  /** A world-wide name as sysfs writes it. */
  private static Optional<DeviceIdentity> wwid(String wwid) {
    int dot = wwid.indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    String rest = wwid.substring(dot + 1);
    return switch (wwid.substring(0, dot)) {
      case "naa" -> Optional.of(scsi("3" + rest));
      case "eui" -> Optional.of(scsi("2" + rest));
      case "t10" -> Optional.of(scsi("1" + rest.strip().replaceAll("\\s+", "_")));
      default -> Optional.empty();
    };
  }

  /** A world-wide name as scsi_id and multipath write it. */
  private static DeviceIdentity scsi(String id) {
    char type = id.isEmpty() ? '0' : id.charAt(0);
    return type == '2' || type == '3'
        ? new DeviceIdentity("scsi" + type, id.toLowerCase(Locale.ROOT))
        : new DeviceIdentity("scsi" + type, id);
  }
}
