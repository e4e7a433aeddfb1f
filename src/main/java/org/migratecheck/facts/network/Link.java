package org.migratecheck.facts.network;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.migratecheck.facts.Fact;

/**
 * A network link (interface) of the host, from {@code /sys/class/net} and {@code ip -d link}.
 *
 * @param name its name: hostile text without blanks and slashes
 * @param index its number, unique on the host while it lives
 * @param kind what it is: {@code physical}, {@code loopback}, {@code tap}, {@code other}, or the
 *     kernel's word such as {@code bridge}, {@code bond}, {@code vlan}, {@code veth}, {@code dummy}
 * @param up whether it is switched on (IFF_UP)
 * @param mtu the largest packet in bytes
 * @param mac the hardware address in small letters; may be empty
 * @param carrier whether it hears the other side; empty while it is switched off
 * @param speed in megabits a second, where it is known
 * @param portState where it is a port of a Linux bridge: 0 disabled, 1 listening, 2 learning, 3
 *     forwarding, 4 blocking (linux/if_bridge.h)
 * @param portSettings what it is told as such a port, by the names in {@code
 *     /sys/class/net/LINK/brport}; only those that this kernel has
 * @param tag the VLAN of a link of kind {@code vlan}
 * @param lower the links below it (the link under a VLAN, the members of a bond)
 */
public record Link(
    String name,
    int index,
    String kind,
    boolean up,
    int mtu,
    String mac,
    Optional<Boolean> carrier,
    Optional<Integer> speed,
    Optional<Integer> portState,
    SortedMap<String, String> portSettings,
    Optional<VlanTag> tag,
    List<String> lower) {

  /** All links of the host, sorted by name. */
  public static final Fact<List<Link>> FACT = Fact.host("links", "network", SysLinks::links);

  private static final Set<String> GUEST_KINDS =
      Set.of("tap", "macvtap", "ipvtap", "ifb", "dummy", "loopback", "nlmon");

  /** Copies the collections. */
  public Link {
    portSettings = Collections.unmodifiableSortedMap(new TreeMap<>(portSettings));
    lower = List.copyOf(lower);
  }

  /** Returns whether it is switched on and hears the other side. */
  public boolean works() {
    return up && carrier.orElse(false);
  }

  /** Returns whether a link of this kind can never lead out of the host. */
  public boolean staysInside() {
    return GUEST_KINDS.contains(kind);
  }
}
