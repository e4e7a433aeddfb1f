package org.migratecheck.facts.firewall;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A table of a packet filter.
 *
 * @param syntax the language of its rules
 * @param family {@code inet}, {@code ip}, {@code ip6}, {@code netdev}, {@code bridge}, {@code arp}
 * @param name the name
 * @param chains the chains by name, in order
 * @param sets the named sets and maps by name
 */
public record FilterTable(
    Syntax syntax,
    String family,
    String name,
    Map<String, FilterChain> chains,
    Map<String, FilterSet> sets) {
  /** Copies the maps, whose order is kept. */
  public FilterTable {
    chains = Collections.unmodifiableMap(new LinkedHashMap<>(chains));
    sets = Collections.unmodifiableMap(new LinkedHashMap<>(sets));
  }

  /** The language of rules. */
  public enum Syntax {
    /** As {@code nft list ruleset} prints them. */
    NFT,
    /** As {@code iptables-save} prints them, without {@code -A CHAIN}. */
    IPTABLES,
    /** The same of the kernel's older interface, which {@code iptables-legacy-save} shows. */
    IPTABLES_LEGACY
  }
}
