package org.migratecheck.facts.firewall;

import java.util.Set;
import java.util.TreeSet;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * Whether the kernel shows what bridges hand on to the rules for IP (br_netfilter).
 *
 * @param all {@code iptables} and {@code ip6tables} where that holds for every bridge
 * @param single {@code BRIDGE iptables} and {@code BRIDGE ip6tables} where a bridge asks for it
 */
public record BridgeFilter(Set<String> all, Set<String> single) {
  /** Read from the probe {@code bridge-filter}. */
  public static final Fact<BridgeFilter> FACT =
      Fact.host("bridgeFilter", "bridge-filter", BridgeFilter::parse);

  /** Copies the sets. */
  public BridgeFilter {
    all = Set.copyOf(all);
    single = Set.copyOf(single);
  }

  /** Returns whether rules for IPv4 see what {@code bridge} hands on. */
  public boolean toIp(String bridge) {
    return all.contains("iptables") || single.contains(bridge + " iptables");
  }

  /** Returns whether rules for IPv6 see what {@code bridge} hands on. */
  public boolean toIp6(String bridge) {
    return all.contains("ip6tables") || single.contains(bridge + " ip6tables");
  }

  private static BridgeFilter parse(Outputs outputs) {
    Set<String> all = new TreeSet<>();
    Set<String> single = new TreeSet<>();
    boolean whole = false;
    for (String line : outputs.ok("bridge-filter/calls").lines().toList()) {
      String[] words = line.split(" ", -1);
      if (line.equals("end")) {
        whole = true;
      } else if (words.length != 3 || !words[2].matches("[01]")) {
        throw new Undetermined(outputs.host() + ": what br_netfilter does is not readable");
      } else if (words[2].equals("1")) {
        if (words[0].equals("*")) {
          all.add(words[1]);
        } else {
          single.add(words[0] + ' ' + words[1]);
        }
      }
    }
    if (!whole) {
      throw new Undetermined(outputs.host() + ": what br_netfilter does was told in part");
    }
    return new BridgeFilter(all, single);
  }
}
