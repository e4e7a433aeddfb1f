package org.migratecheck.check.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.migratecheck.model.ProbeOutput;
import org.migratecheck.model.ProbeOutput.Completeness;

/** The block devices of a host as the probes would print them, made of what real hosts printed. */
final class BlockHost {
  private static final String BLOCK = "/sys/class/block/";
  private static final Pattern HCTL =
      Pattern.compile("\"kname\": \"(\\w+)\",[^}]*?\"hctl\": \"((\\d+):[^\"]+)\"");
  private static final Pattern REAL_PATH =
      Pattern.compile("(?m)^naa\\.(\\w+)\\n\\w.*\\n\\d+\\n\\d\\n/sys/(devices/.+/(sd\\w+))$");
  private static final Pattern DISK =
      Pattern.compile("(?m)^/sys/block/(sd\\w+) (\\S+) (\\d+) (\\d)$");
  private static final Pattern MAP =
      Pattern.compile("(?m)^(mpath\\w+): 0 (\\d+) multipath .*\\d:\\d+ [AF] .*$");
  private static final Pattern LINK =
      Pattern.compile("(?m)^l.* (\\S+) -> \\.\\./\\.\\./((?:sd|dm-)\\w+)$");

  private final Map<String, List<String>> parts = new LinkedHashMap<>();
  private final Set<String> cut = new HashSet<>();
  private final Map<String, String> links = new TreeMap<>();
  private final Map<String, String> numbers = new TreeMap<>();

  private BlockHost() {
    for (String part :
        List.of("attributes", "devices", "multipath", "nvme", "rbd", "slaves", "udev")) {
      parts.put("block/" + part, new ArrayList<>());
    }
  }

  /** A host with iSCSI, from a file in samples/storage. */
  static BlockHost iscsi(String sample) throws IOException {
    String text = read(sample);
    BlockHost host = new BlockHost();
    HCTL.matcher(text)
        .results()
        .forEach(
            m -> {
              String scsi = "host" + m.group(3) + "/session1/target" + cutLun(m.group(2));
              host.device(
                  m.group(1),
                  "devices/platform/" + scsi + "/" + m.group(2) + "/block/" + m.group(1));
            });
    text.lines().filter(l -> l.startsWith(BLOCK)).forEach(host::attribute);
    host.links(text);
    host.parts.put("iscsi/initiator", matches(text, "(?m)^InitiatorName=(.*)$"));
    host.parts.put(
        "iscsi/sessions",
        matches(
            text,
            "(?m)^(/sys/class/iscsi_session/[^/]+/(?:targetname|state|tpgt|initiatorname):.*)$"));
    host.parts.put(
        "iscsi/connections",
        matches(text, "(?m)^(/sys/class/iscsi_connection/[^/]+/persistent_\\w+:.*)$"));
    return host;
  }

  /**
   * A host with Fibre Channel and multipath, from files in samples/storage/fc.
   *
   * @param healthy the sample that tells how the disks are attached
   * @param now the sample that tells their state; may be the same
   */
  static BlockHost fibreChannel(String healthy, String now) throws IOException {
    String before = read("fc/" + healthy);
    String text = read("fc/" + now);
    BlockHost host = new BlockHost();
    Map<String, MatchResult> states =
        DISK.matcher(text).results().collect(Collectors.toMap(m -> m.group(1), m -> m));
    List<MatchResult> disks = REAL_PATH.matcher(before).results().toList();
    for (MatchResult disk : disks) {
      String name = disk.group(3);
      if (!now.equals(healthy) && !states.containsKey(name)) {
        continue;
      }
      String[] own = disk.group().split("\n", -1);
      MatchResult state = states.get(name);
      host.disk(
          name,
          disk.group(2),
          own[0],
          state == null ? own[1] : state.group(2),
          state == null ? own[2] : state.group(3),
          state == null ? own[3] : state.group(4));
    }
    host.links(before);
    for (MatchResult map : MAP.matcher(text).results().toList()) {
      host.map(map);
    }
    host.parts.put("fibre-channel/hosts", adapters(text));
    host.parts.put("fibre-channel/remote-ports", remotePorts(text));
    return host;
  }

  private void disk(String name, String path, String wwid, String state, String size, String ro) {
    device(name, path);
    attribute(BLOCK + name + "/dev:8:" + 16 * (name.charAt(2) - 'a'));
    attribute(BLOCK + name + "/size:" + size);
    attribute(BLOCK + name + "/ro:" + ro);
    attribute(BLOCK + name + "/queue/logical_block_size:512");
    attribute(BLOCK + name + "/device/wwid:" + wwid);
    attribute(BLOCK + name + "/device/state:" + state);
  }

  /** A map with the identity and the write protection of its paths. */
  private void map(MatchResult status) {
    parts.get("block/multipath").add(status.group());
    List<String> below = new ArrayList<>();
    for (String number : matches(status.group(), "(\\d+:\\d+) [AF] ")) {
      numbers.forEach((name, own) -> below.addAll(own.equals(number) ? List.of(name) : List.of()));
    }
    String wwid = matches(all(), "(?m)/" + below.get(0) + "/device/wwid:naa\\.(.*)$").get(0);
    String ro = matches(all(), "(?m)/" + below.get(0) + "/ro:(.)$").get(0);
    String name = "dm-" + (status.group(1).charAt(5) - 'a');
    mapped(name, status.group(1), "mpath-3" + wwid, status.group(2), below.toArray(String[]::new));
    replace("block/attributes", BLOCK + name + "/ro:0", BLOCK + name + "/ro:" + ro);
    links.put("/dev/mapper/" + status.group(1), name);
  }

  private String all() {
    return String.join("\n", parts.get("block/attributes"));
  }

  /** Adds a device of device-mapper with 512-byte sectors. */
  BlockHost mapped(String name, String dmName, String dmUuid, String sectors, String... below) {
    device(name, "devices/virtual/block/" + name);
    attribute(BLOCK + name + "/dev:253:" + name.substring(3));
    attribute(BLOCK + name + "/size:" + sectors);
    attribute(BLOCK + name + "/ro:0");
    attribute(BLOCK + name + "/queue/logical_block_size:512");
    attribute(BLOCK + name + "/dm/name:" + dmName);
    attribute(BLOCK + name + "/dm/uuid:" + dmUuid);
    attribute(BLOCK + name + "/dm/suspended:0");
    for (String slave : below) {
      parts.get("block/slaves").add(BLOCK + name + "/slaves/" + slave);
    }
    return this;
  }

  /** Adds a device without anything below it, with 512-byte sectors. */
  BlockHost plain(String name, String number, String sectors) {
    device(name, "devices/virtual/block/" + name);
    attribute(BLOCK + name + "/dev:" + number);
    attribute(BLOCK + name + "/size:" + sectors);
    attribute(BLOCK + name + "/ro:0");
    attribute(BLOCK + name + "/queue/logical_block_size:512");
    return this;
  }

  /** Names a device. */
  BlockHost link(String path, String device) {
    links.put(path, device);
    return this;
  }

  /** Replaces a text in a part that has it. */
  BlockHost replace(String part, String old, String by) {
    String text = String.join("\n", parts.get(part));
    if (!text.contains(old)) {
      throw new IllegalArgumentException("no " + old + " in " + text);
    }
    return put(part, text.replace(old, by).split("\n", -1));
  }

  /** Sets the lines of a part. */
  BlockHost put(String part, String... lines) {
    parts.put(part, new ArrayList<>(List.of(lines)));
    return this;
  }

  /** Lets the output of a part be cut at the size cap. */
  BlockHost truncated(String part) {
    cut.add(part);
    return this;
  }

  /** Returns the outputs of the host's own probes. */
  SortedMap<String, ProbeOutput> outputs() {
    SortedMap<String, ProbeOutput> outputs = new TreeMap<>();
    parts.forEach(
        (part, lines) -> {
          List<String> printed = new ArrayList<>(lines);
          printed.add("end");
          outputs.put(
              part,
              new ProbeOutput(
                  cut.contains(part) ? Completeness.TRUNCATED : Completeness.COMPLETE,
                  0,
                  String.join("\n", printed) + "\n",
                  "",
                  1));
        });
    return outputs;
  }

  /** Returns what the probe of paths prints about a device, or about its absence. */
  ProbeOutput path(String path) {
    String device = links.get(path);
    boolean there = device != null && numbers.containsKey(device);
    String text =
        "path "
            + path
            + "\nreal "
            + (there ? "/dev/" + device : path)
            + "\n"
            + "mount 26 1 0:20 / / rw,relatime - overlay overlay"
            + " rw,lowerdir=/mnt/own:/mnt/layer:/\n"
            + "mount 33 26 0:5 / /dev rw,relatime - devtmpfs dev rw,mode=755\n"
            + (there ? state(numbers.get(device)) : "missing\n")
            + "end\n";
    return new ProbeOutput(Completeness.COMPLETE, 0, text, "", 1);
  }

  private static String state(String number) {
    String[] both = number.split(":", -1);
    return "stat block special file|301|0|107|107|660|5|"
        + Integer.toHexString(Integer.parseInt(both[0]))
        + ":"
        + Integer.toHexString(Integer.parseInt(both[1]))
        + "|1795459901\nfs 1021994|tmpfs|0\nroot erw\nqemu erw\nsha256 "
        + "7f8593acb76b0e34510872e9d9ac8ced9fcf2d2063d87786173ac499144409f6\n";
  }

  private void device(String name, String path) {
    String line = "lrwxrwxrwx 1 root root 0 Nov 23 19:19 " + name + " -> ../../" + path;
    // lsblk was asked twice in some samples.
    if (!parts.get("block/devices").contains(line)) {
      parts.get("block/devices").add(line);
    }
  }

  private void attribute(String line) {
    parts.get("block/attributes").add(line);
    for (String dev : matches(line, "^" + BLOCK + "\\w[\\w-]*/dev:(.*)$")) {
      numbers.put(line.split("/", -1)[4], dev);
    }
  }

  private void links(String text) {
    LINK.matcher(text)
        .results()
        .filter(m -> m.group(1).contains("-lun-"))
        .forEach(m -> links.put("/dev/disk/by-path/" + m.group(1), m.group(2)));
  }

  private static List<String> adapters(String text) {
    List<String> lines = new ArrayList<>();
    Pattern.compile("(?m)^(/sys/class/fc_host/host\\d+) (0x\\w+) (\\w+) 0x.*$")
        .matcher(text)
        .results()
        .forEach(
            m -> {
              lines.add(m.group(1) + "/port_name:" + m.group(2));
              lines.add(m.group(1) + "/port_state:" + m.group(3));
            });
    return lines;
  }

  private static List<String> remotePorts(String text) {
    Set<String> lines = new TreeSet<>();
    String directory = "(?m)^(/sys/class/fc_remote_ports/rport[^/ ]+)";
    Pattern.compile(directory + "/(port_name|port_state|roles): (.*)$")
        .matcher(text)
        .results()
        .forEach(m -> lines.add(m.group(1) + "/" + m.group(2) + ":" + m.group(3)));
    Pattern.compile(directory + " (0x\\w+) (\\D+) 0x\\w+ (\\D+) -?\\d+ .*$")
        .matcher(text)
        .results()
        .forEach(
            m -> {
              lines.add(m.group(1) + "/port_name:" + m.group(2));
              lines.add(m.group(1) + "/port_state:" + m.group(3));
              lines.add(m.group(1) + "/roles:" + m.group(4));
            });
    return List.copyOf(lines);
  }

  private static List<String> matches(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().map(m -> m.group(1)).toList();
  }

  private static String cutLun(String hctl) {
    return hctl.substring(0, hctl.lastIndexOf(':'));
  }

  private static String read(String sample) throws IOException {
    try (InputStream in = BlockHost.class.getResourceAsStream("/samples/storage/" + sample)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
