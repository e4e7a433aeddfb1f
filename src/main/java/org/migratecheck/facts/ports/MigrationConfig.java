package org.migratecheck.facts.ports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * What {@code /etc/libvirt/qemu.conf} says about migrations; defaults as libvirt's where it is
 * silent.
 *
 * @param portMin the first port of the range
 * @param portMax the last port
 * @param host {@code migration_host}: the name or address that this host announces to sources
 * @param address {@code migration_address}: where QEMU listens for an incoming guest
 * @param listens the addresses that {@code migration_address} means on the host itself; none where
 *     it is not set or does not resolve
 * @param firstUnprivileged the first port at which a user who is not root may listen
 * @param mistakes lines that libvirt would refuse, each with the reason
 * @param changedSinceStart whether the file is newer than a running daemon, which then works with
 *     other values
 */
public record MigrationConfig(
    int portMin,
    int portMax,
    Optional<String> host,
    Optional<String> address,
    List<String> listens,
    int firstUnprivileged,
    List<String> mistakes,
    boolean changedSinceStart) {
  /** Read from the probe {@code migration-config}. */
  public static final Fact<MigrationConfig> FACT =
      Fact.host("migrationConfig", "migration-config", MigrationConfig::parse);

  /** {@code migration_port_min} and {@code migration_port_max} of libvirt's qemu.conf.in. */
  static final int DEFAULT_MIN = 49152;

  static final int DEFAULT_MAX = 49215;

  /** {@code ip_unprivileged_port_start} of the kernel where nobody changed it. */
  static final int USUAL_UNPRIVILEGED = 1024;

  private static final Pattern LINE =
      Pattern.compile(
          "\\s*(migration_[a-z_]+)\\s*=\\s*(?:\"([^\"]*)\"|'([^']*)'|(-?\\d{1,9}))\\s*(?:#.*)?");

  /** Copies the lists. */
  public MigrationConfig {
    listens = List.copyOf(listens);
    mistakes = List.copyOf(mistakes);
  }

  /** Returns the ports of the range; none where the range is wrong. */
  public PortSet ports() {
    return portMin < 1 || portMax > 65535 ? PortSet.NONE : PortSet.range(portMin, portMax);
  }

  /** Returns whether the file sets ports, a host or an address that are not libvirt's own. */
  public boolean sets() {
    return portMin != DEFAULT_MIN
        || portMax != DEFAULT_MAX
        || host.isPresent()
        || address.isPresent();
  }

  private static MigrationConfig parse(Outputs outputs) {
    Map<String, String> texts = new HashMap<>();
    Map<String, Integer> numbers = new HashMap<>();
    List<String> mistakes = new ArrayList<>();
    for (String line : outputs.ok("migration-config/qemu-conf").lines().toList()) {
      Matcher matcher = LINE.matcher(line);
      if (line.isBlank()) {
        continue;
      }
      if (!matcher.matches()) {
        mistakes.add(line.strip() + ": not readable");
        continue;
      }
      // libvirt takes the first of several lines (virConfGetEntry).
      if (matcher.group(4) != null) {
        numbers.putIfAbsent(matcher.group(1), Integer.parseInt(matcher.group(4)));
      } else {
        texts.putIfAbsent(
            matcher.group(1), matcher.group(2) == null ? matcher.group(3) : matcher.group(2));
      }
    }
    for (String key : List.of("migration_port_min", "migration_port_max")) {
      if (texts.containsKey(key)) {
        mistakes.add(key + " = \"" + texts.get(key) + "\": must be a number without quotes");
      }
    }
    for (String key : List.of("migration_host", "migration_address")) {
      if (numbers.containsKey(key)) {
        mistakes.add(key + " = " + numbers.get(key) + ": must be a text in quotes");
      }
    }
    int min = numbers.getOrDefault("migration_port_min", DEFAULT_MIN);
    int max = numbers.getOrDefault("migration_port_max", DEFAULT_MAX);
    return new MigrationConfig(
        min,
        max,
        text(texts, "migration_host").map(MigrationConfig::withoutBrackets),
        text(texts, "migration_address").map(MigrationConfig::withoutBrackets),
        outputs
            .complete("migration-config/listens")
            .stdout()
            .lines()
            .map(String::strip)
            .filter(a -> Ip.parse(a).isPresent())
            .toList(),
        outputs
            .ifOk("migration-config/unprivileged")
            .map(String::strip)
            .filter(p -> p.matches("[0-9]{1,5}"))
            .map(Integer::valueOf)
            .orElse(USUAL_UNPRIVILEGED),
        mistakes,
        changed(outputs));
  }

  private static Optional<String> text(Map<String, String> texts, String key) {
    return Optional.ofNullable(texts.get(key)).filter(t -> !t.isBlank());
  }

  private static String withoutBrackets(String text) {
    return text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
  }

  private static boolean changed(Outputs outputs) {
    long file = Long.MAX_VALUE;
    List<Long> daemons = new ArrayList<>();
    for (String line : outputs.complete("migration-config/ages").stdout().lines().toList()) {
      String[] words = line.split(" ", -1);
      try {
        long seconds = Long.parseLong(words[words.length - 1]);
        if (words[0].equals("file")) {
          file = seconds;
        } else {
          daemons.add(seconds);
        }
      } catch (NumberFormatException e) {
        throw new Undetermined(outputs.host() + ": the age of qemu.conf is not readable");
      }
    }
    // Both ages are rounded to seconds.
    long age = file;
    return daemons.stream().anyMatch(d -> d > age + 1);
  }
}
