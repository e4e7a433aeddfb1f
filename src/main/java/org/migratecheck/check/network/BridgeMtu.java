package org.migratecheck.check.network;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Guests;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.network.Bridge;
import org.migratecheck.facts.network.Link;
import org.migratecheck.facts.network.Nic;

/**
 * The MTU that a bridge was given, as opposed to the one that a guest gave it: a bridge whose MTU
 * nobody set follows the smallest of its ports (kernel, br_mtu_auto_adjust), and a guest may ask
 * for an MTU of its own.
 */
final class BridgeMtu {
  private static final int ETHERNET = 1500;

  private BridgeMtu() {}

  /**
   * Returns the MTUs in bytes that the bridge may have been given: the present one, and where a
   * running guest asked for just that, also the one that the bridge would have without guests.
   */
  static Set<Integer> given(HostFacts facts, HostNetwork host, Bridge bridge) {
    int now = host.link(bridge.name()).map(Link::mtu).orElse(ETHERNET);
    if (!askedByGuest(facts, bridge.name(), now)) {
      return Set.of(now);
    }
    int alone =
        bridge.ports().stream()
            .flatMap(p -> host.link(p).stream())
            .filter(l -> !l.kind().equals("tap"))
            .mapToInt(Link::mtu)
            .min()
            .orElse(ETHERNET);
    return new TreeSet<>(List.of(now, alone));
  }

  private static boolean askedByGuest(HostFacts facts, String bridge, int mtu) {
    for (Guest guest : facts.get(Guests.FACT)) {
      if (guest.active()) {
        for (Nic nic : Nic.of(guest)) {
          if (nic.liveBridge().filter(bridge::equals).isPresent()
              && nic.mtu().filter(m -> m == mtu).isPresent()) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
