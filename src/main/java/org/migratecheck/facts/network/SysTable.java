package org.migratecheck.facts.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * What the probe read below {@code /sys/class/net}: lines {@code ./LINK/ATTRIBUTE:VALUE}, ended by
 * a line {@code end}. The kernel allows no slash and no blank in a link's name.
 */
final class SysTable {
  private static final Pattern RELATION =
      Pattern.compile("\\./([^/\\s]+)/(?:(device)|brif/([^/\\s]+)|lower_([^/\\s]+)):");
  private static final Pattern ATTRIBUTE =
      Pattern.compile("\\./([^/\\s]+)/([a-z_]+(?:/[a-z_]+)?):(.*)");

  private final String host;
  private final SortedMap<String, Entry> entries = new TreeMap<>();

  /** What is known of one link. */
  static final class Entry {
    final Map<String, String> values = new HashMap<>();
    final List<String> ports = new ArrayList<>();
    final List<String> lower = new ArrayList<>();
    boolean device;

    Optional<String> value(String attribute) {
      return Optional.ofNullable(values.get(attribute)).filter(v -> !v.isEmpty());
    }
  }

  private SysTable(String host) {
    this.host = host;
  }

  static SysTable read(Outputs outputs) {
    SysTable table = new SysTable(outputs.host());
    for (String line : lines(outputs, "network/links")) {
      table.add(line);
    }
    table.dropVanished();
    return table;
  }

  /** Returns the lines of a part that ends with the line {@code end}, without that line. */
  static List<String> lines(Outputs outputs, String part) {
    String text = outputs.ok(part);
    if (!text.equals("end\n") && !text.endsWith("\nend\n")) {
      throw new Undetermined(outputs.host() + ": the output of '" + part + "' is not whole");
    }
    return List.of(text.substring(0, text.length() - 4).split("\n")).stream()
        .filter(l -> !l.isEmpty())
        .toList();
  }

  private void add(String line) {
    Matcher relation = RELATION.matcher(line);
    if (relation.matches()) {
      Entry entry = entry(relation.group(1));
      if (relation.group(2) != null) {
        entry.device = true;
      } else if (relation.group(3) != null) {
        entry.ports.add(relation.group(3));
      } else {
        entry.lower.add(relation.group(4));
      }
      return;
    }
    Matcher attribute = ATTRIBUTE.matcher(line);
    if (!attribute.matches()) {
      throw strange("a line that is no attribute of a link");
    }
    String value = attribute.group(3).strip();
    if (entry(attribute.group(1)).values.put(attribute.group(2), value) != null) {
      throw strange("one attribute twice");
    }
  }

  private Entry entry(String link) {
    return entries.computeIfAbsent(link, k -> new Entry());
  }

  /** A link that went away while it was read is not there; its name may still stand elsewhere. */
  private void dropVanished() {
    entries
        .values()
        .removeIf(
            e ->
                e.value("ifindex").isEmpty()
                    || e.value("flags").isEmpty()
                    || e.value("mtu").isEmpty());
    for (Entry entry : entries.values()) {
      entry.ports.removeIf(p -> !entries.containsKey(p));
      entry.lower.removeIf(l -> !entries.containsKey(l));
    }
  }

  SortedMap<String, Entry> entries() {
    return entries;
  }

  /** Returns a decimal or 0x number of an attribute that must be there. */
  int number(Entry entry, String attribute) {
    return optionalNumber(entry, attribute)
        .orElseThrow(() -> strange("no number for " + attribute));
  }

  Optional<Integer> optionalNumber(Entry entry, String attribute) {
    Optional<String> text = entry.value(attribute);
    try {
      return text.map(t -> Math.toIntExact(Long.decode(t)));
    } catch (NumberFormatException | ArithmeticException e) {
      throw strange("no number for " + attribute);
    }
  }

  Undetermined strange(String what) {
    return new Undetermined(host + ": /sys/class/net showed " + what);
  }
}
