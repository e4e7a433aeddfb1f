package org.migratecheck.facts.network;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.migratecheck.facts.Fact;

/**
 * A bond (link aggregation).
 *
 * @param name its name
 * @param mode such as {@code 802.3ad}
 * @param settings {@code miimon}, {@code xmit_hash_policy}, {@code lacp_rate}
 * @param members its member links in the kernel's order
 */
public record Bond(
    String name, String mode, SortedMap<String, String> settings, List<Member> members) {

  /** All bonds of the host, sorted by name. */
  public static final Fact<List<Bond>> FACT = Fact.host("bonds", "network", SysLinks::bonds);

  /** Copies the collections. */
  public Bond {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    members = List.copyOf(members);
  }

  /**
   * A link in a bond.
   *
   * @param name its name
   * @param up the bond's own watch says that its cable works (MII status)
   * @param aggregated it carries traffic in the active aggregator; always true outside 802.3ad
   * @param aggregator the aggregator's number, for 802.3ad
   */
  public record Member(String name, boolean up, boolean aggregated, Optional<Integer> aggregator) {}
}
