package org.migratecheck.check.network;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Guests;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.network.Nic;

/** What the active guests of a host are plugged into. */
final class GuestUse {
  private final SortedMap<String, SortedSet<String>> bridges = new TreeMap<>();
  private final SortedMap<String, SortedSet<String>> networks = new TreeMap<>();

  /**
   * Reads it.
   *
   * @throws org.migratecheck.facts.Undetermined where the facts do not tell
   */
  GuestUse(HostFacts host) {
    for (Guest guest : host.get(Guests.FACT)) {
      if (guest.active()) {
        for (Nic nic : Nic.of(guest)) {
          nic.liveBridge().ifPresent(b -> add(bridges, b, guest.name()));
          nic.network().ifPresent(n -> add(networks, n, guest.name()));
          nic.live().attribute("source", "network").ifPresent(n -> add(networks, n, guest.name()));
        }
      }
    }
  }

  private static void add(SortedMap<String, SortedSet<String>> map, String key, String guest) {
    map.computeIfAbsent(key, k -> new TreeSet<>()).add(guest);
  }

  /** Returns the guests on a bridge. */
  Set<String> onBridge(String bridge) {
    return bridges.getOrDefault(bridge, Collections.emptySortedSet());
  }

  /** Returns the guests on a virtual network. */
  Set<String> onNetwork(String network) {
    return networks.getOrDefault(network, Collections.emptySortedSet());
  }

  /**
   * Returns the problem as the policy wants it: the parameter {@code unused: warn} lowers what no
   * guest of the source uses.
   */
  static Problem weigh(CheckContext context, boolean used, Problem problem) {
    boolean warn = context.parameters().path("unused").asString("fail").equals("warn");
    return warn && !used ? problem.asWarning() : problem;
  }
}
