package org.migratecheck.facts.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Undetermined;

/**
 * The files of {@code /proc/net/bonding}, each line with its file's name before it (kernel,
 * Documentation/networking/bonding.rst). First comes what holds for the bond, with 802.3ad the
 * active aggregator, then each member.
 */
final class BondText {
  private static final Pattern LINE = Pattern.compile("/proc/net/bonding/([^/\\s]+?):(.*)");
  private static final Pattern FIELD = Pattern.compile("\\s*([^:]+):\\s*(.*)");

  private BondText() {}

  /** Returns the members by bond. */
  static Map<String, List<Bond.Member>> members(String host, List<String> lines) {
    Map<String, Reader> readers = new LinkedHashMap<>();
    for (String line : lines) {
      Matcher m = LINE.matcher(line);
      if (!m.matches()) {
        throw new Undetermined(host + ": /proc/net/bonding showed what is no line of it");
      }
      readers.computeIfAbsent(m.group(1), k -> new Reader()).line(m.group(2));
    }
    Map<String, List<Bond.Member>> result = new TreeMap<>();
    readers.forEach((bond, reader) -> result.put(bond, reader.members(host)));
    return result;
  }

  /** Gathers one file. */
  private static final class Reader {
    private final Map<String, String> bond = new LinkedHashMap<>();
    private final List<Map<String, String>> members = new ArrayList<>();

    void line(String text) {
      Matcher m = FIELD.matcher(text);
      if (!m.matches()) {
        return;
      }
      String key = m.group(1).strip();
      if (key.equals("Slave Interface")) {
        members.add(new LinkedHashMap<>());
      }
      Map<String, String> current = members.isEmpty() ? bond : members.get(members.size() - 1);
      current.putIfAbsent(key, m.group(2).strip());
    }

    List<Bond.Member> members(String host) {
      Optional<String> active = Optional.ofNullable(bond.get("Aggregator ID"));
      List<Bond.Member> result = new ArrayList<>();
      for (Map<String, String> member : members) {
        String status = member.get("MII Status");
        if (status == null || member.get("Slave Interface").isEmpty()) {
          throw new Undetermined(host + ": /proc/net/bonding showed a member without its state");
        }
        Optional<String> aggregator = Optional.ofNullable(member.get("Aggregator ID"));
        boolean up = status.equals("up");
        result.add(
            new Bond.Member(
                member.get("Slave Interface"),
                up,
                up && (active.isEmpty() || active.equals(aggregator)),
                aggregator.filter(a -> a.matches("[0-9]{1,9}")).map(Integer::valueOf)));
      }
      return List.copyOf(result);
    }
  }
}
