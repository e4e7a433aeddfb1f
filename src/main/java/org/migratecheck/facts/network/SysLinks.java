package org.migratecheck.facts.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.migratecheck.facts.Outputs;

/** Links, bridges, bonds and addresses, from the probe {@code network}. */
final class SysLinks {
  private static final int IFF_UP = 0x1;
  private static final int IFF_LOOPBACK = 0x8;
  private static final int UNKNOWN_SPEED = -1;

  private SysLinks() {}

  static List<Link> links(Outputs outputs) {
    SysTable table = SysTable.read(outputs);
    Map<Integer, IpText.Kind> kinds = IpText.kinds(outputs.host(), outputs.ok("network/kinds"));
    List<Link> links = new ArrayList<>();
    table.entries().forEach((name, entry) -> links.add(link(table, name, entry, kinds)));
    return List.copyOf(links);
  }

  private static Link link(
      SysTable table, String name, SysTable.Entry entry, Map<Integer, IpText.Kind> kinds) {
    int index = table.number(entry, "ifindex");
    int flags = table.number(entry, "flags");
    Optional<IpText.Kind> kind = Optional.ofNullable(kinds.get(index));
    return new Link(
        name,
        index,
        kind(entry, flags, kind.map(IpText.Kind::word)),
        (flags & IFF_UP) != 0,
        table.number(entry, "mtu"),
        entry.value("address").orElse("").toLowerCase(Locale.ROOT),
        entry.value("carrier").map(c -> c.equals("1")),
        table.optionalNumber(entry, "speed").filter(s -> s != UNKNOWN_SPEED && s != 0),
        table.optionalNumber(entry, "brport/state"),
        below(entry, "brport/"),
        kind.flatMap(IpText.Kind::tag),
        entry.lower);
  }

  private static String kind(SysTable.Entry entry, int flags, Optional<String> ip) {
    if (entry.value("bridge/stp_state").isPresent()) {
      return "bridge";
    }
    if (entry.value("tun_flags").isPresent()) {
      return "tap";
    }
    if (ip.isPresent()) {
      return ip.get();
    }
    if ((flags & IFF_LOOPBACK) != 0) {
      return "loopback";
    }
    if (entry.device) {
      return "physical";
    }
    return entry
        .value("uevent")
        .filter(t -> t.startsWith("DEVTYPE="))
        .map(t -> t.substring("DEVTYPE=".length()))
        .orElse("other");
  }

  static List<Bridge> bridges(Outputs outputs) {
    SysTable table = SysTable.read(outputs);
    List<Bridge> bridges = new ArrayList<>();
    table
        .entries()
        .forEach(
            (name, entry) -> {
              if (entry.value("bridge/stp_state").isPresent()) {
                bridges.add(new Bridge(name, below(entry, "bridge/"), entry.ports));
              }
            });
    return List.copyOf(bridges);
  }

  static List<Bond> bonds(Outputs outputs) {
    SysTable table = SysTable.read(outputs);
    Map<String, List<Bond.Member>> members = new HashMap<>();
    List<Bond> bonds = new ArrayList<>();
    for (Map.Entry<String, SysTable.Entry> link : table.entries().entrySet()) {
      SortedMap<String, String> settings = below(link.getValue(), "bonding/");
      if (!settings.containsKey("mode")) {
        continue;
      }
      if (bonds.isEmpty()) {
        members.putAll(
            BondText.members(outputs.host(), SysTable.lines(outputs, "network/bonding")));
      }
      List<Bond.Member> inside = members.get(link.getKey());
      List<String> slaves =
          List.of(settings.getOrDefault("slaves", "").strip().split(" ")).stream()
              .filter(s -> !s.isEmpty())
              .toList();
      if (inside == null || !inside.stream().map(Bond.Member::name).toList().equals(slaves)) {
        throw table.strange("other members of a bond than /proc/net/bonding");
      }
      SortedMap<String, String> words = new TreeMap<>();
      for (String setting : List.of("miimon", "xmit_hash_policy", "lacp_rate")) {
        Optional.ofNullable(settings.get(setting)).ifPresent(v -> words.put(setting, word(v)));
      }
      bonds.add(new Bond(link.getKey(), word(settings.get("mode")), words, inside));
    }
    return List.copyOf(bonds);
  }

  /** The kernel writes {@code 802.3ad 4}: the word and its number. */
  private static String word(String value) {
    return value.split(" ")[0];
  }

  private static SortedMap<String, String> below(SysTable.Entry entry, String directory) {
    SortedMap<String, String> found = new TreeMap<>();
    entry.values.forEach(
        (k, v) -> {
          if (k.startsWith(directory)) {
            found.put(k.substring(directory.length()), v);
          }
        });
    return found;
  }

  static List<Address> addresses(Outputs outputs) {
    SysTable table = SysTable.read(outputs);
    Map<Integer, String> names = new HashMap<>();
    table.entries().forEach((name, e) -> names.put(table.number(e, "ifindex"), name));
    return IpText.addresses(outputs.host(), outputs.ok("network/addresses"), names);
  }
}
