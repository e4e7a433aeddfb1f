package org.migratecheck.facts.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/** Reads the probe {@code block}. */
final class BlockDeviceParser {
  private static final String DIRECTORY = "/sys/class/block";
  private static final Pattern LINK =
      Pattern.compile("l\\S+ .* ([^ /]+) -> (?:\\.\\./)*(?:/sys/)?(devices/.+)");
  private static final Pattern SLAVE = Pattern.compile("/sys/class/block/([^/]+)/slaves/([^/]+)");
  private static final Pattern UDEV =
      Pattern.compile("/run/udev/data/b([0-9]+:[0-9]+):E:([A-Z_]+)=(.*)");
  private static final Pattern CONTROLLER =
      Pattern.compile("/sys/class/nvme-subsystem/([^/]+)/(nvme[0-9]+)");

  private final Outputs outputs;
  private final Map<String, Map<String, String>> attributes;
  private final Map<String, List<String>> slaves = new TreeMap<>();
  private final Map<String, Map<String, String>> udev = new TreeMap<>();
  private final Map<String, Map<String, String>> rbd;

  private BlockDeviceParser(Outputs outputs) {
    this.outputs = outputs;
    this.attributes = Evidence.attributes(outputs, "block/attributes", DIRECTORY);
    this.rbd = Evidence.attributes(outputs, "block/rbd", "/sys/bus/rbd/devices");
    for (String line : Evidence.lines(outputs, "block/slaves")) {
      Matcher matcher = SLAVE.matcher(line);
      if (!matcher.matches()) {
        throw Evidence.unreadable(outputs.host(), "block/slaves", line);
      }
      slaves.computeIfAbsent(matcher.group(1), k -> new ArrayList<>()).add(matcher.group(2));
    }
    for (String line : Evidence.lines(outputs, "block/udev")) {
      Matcher matcher = UDEV.matcher(line);
      if (matcher.matches()) {
        udev.computeIfAbsent(matcher.group(1), k -> new TreeMap<>())
            .put(matcher.group(2), matcher.group(3));
      }
    }
  }

  static BlockDevices parse(Outputs outputs) {
    BlockDeviceParser parser = new BlockDeviceParser(outputs);
    Map<String, BlockDevice> devices = new TreeMap<>();
    for (String line : Evidence.lines(outputs, "block/devices")) {
      Matcher matcher = LINK.matcher(line);
      if (matcher.matches()) {
        devices.put(matcher.group(1), parser.device(matcher.group(1), "/sys/" + matcher.group(2)));
      } else if (!line.startsWith("total ")) {
        throw Evidence.unreadable(outputs.host(), "block/devices", line);
      }
    }
    return new BlockDevices(devices, nvme(outputs));
  }

  private BlockDevice device(String name, String sysPath) {
    Map<String, String> values = attributes.getOrDefault(name, Map.of());
    String number = required(name, values, "dev");
    Map<String, String> known = udev.getOrDefault(number, Map.of());
    return new BlockDevice(
        name,
        number,
        sysPath,
        // sysfs counts sectors of 512 bytes whatever the device's own sector size.
        512 * number(required(name, values, "size")),
        required(name, values, "ro").equals("1"),
        (int) number(values.getOrDefault("queue/logical_block_size", "0")),
        values.getOrDefault("device/wwid", values.getOrDefault("wwid", "")),
        known.getOrDefault("ID_SERIAL", ""),
        known.getOrDefault("ID_FS_UUID", ""),
        values.getOrDefault("dm/name", ""),
        values.getOrDefault("dm/uuid", ""),
        (int) number(values.getOrDefault("partition", "0")),
        values.getOrDefault("device/state", ""),
        rbdImage(name),
        slaves.getOrDefault(name, List.of()));
  }

  private String rbdImage(String name) {
    if (!name.matches("rbd[0-9]+")) {
      return "";
    }
    Map<String, String> values = rbd.getOrDefault(name.substring(3), Map.of());
    if (!values.containsKey("pool") || !values.containsKey("name")) {
      return "";
    }
    return String.join(
        "/",
        values.getOrDefault("cluster_fsid", ""),
        values.get("pool"),
        values.getOrDefault("pool_ns", ""),
        values.get("name") + "@" + values.getOrDefault("current_snap", "-"),
        values.getOrDefault("image_id", ""));
  }

  private String required(String device, Map<String, String> values, String attribute) {
    String value = values.get(attribute);
    if (value == null) {
      throw new Undetermined(
          outputs.host() + ": nothing is known of '" + attribute + "' of block device " + device);
    }
    return value;
  }

  private long number(String text) {
    long number = Evidence.number(outputs.host(), "block/attributes", text);
    if (number > Long.MAX_VALUE / 1024) {
      throw new Undetermined(outputs.host() + ": a block device has no sensible size");
    }
    return number;
  }

  /** Transports by controller ({@code nvme0}) and by subsystem ({@code nvme-subsys0}). */
  private static Map<String, Set<String>> nvme(Outputs outputs) {
    Map<String, Set<String>> result = new TreeMap<>();
    List<String> subsystems = new ArrayList<>();
    Pattern transport = Pattern.compile("/sys/class/nvme/([^/]+)/transport:(.*)");
    for (String line : Evidence.lines(outputs, "block/nvme")) {
      Matcher matcher = transport.matcher(line);
      if (matcher.matches()) {
        result.put(matcher.group(1), Set.of(matcher.group(2).strip()));
      } else if (CONTROLLER.matcher(line).matches()) {
        subsystems.add(line);
      }
    }
    for (String line : subsystems) {
      Matcher matcher = CONTROLLER.matcher(line);
      if (matcher.matches()) {
        Set<String> all = result.computeIfAbsent(matcher.group(1), k -> new TreeSet<>());
        all.addAll(result.getOrDefault(matcher.group(2), Set.of()));
      }
    }
    return result;
  }
}
