package org.migratecheck.check.firewall;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.migratecheck.facts.firewall.BridgeFilter;
import org.migratecheck.facts.firewall.PacketFilter;

/** What the packet filter of a host does to the frames of guests on one of its bridges. */
public final class GuestFrames {
  private GuestFrames() {}

  /**
   * Returns the rules that keep frames from or to a guest on {@code bridge}, or may do so; those
   * that surely do come first.
   *
   * @param uplink the bridge's port that leads out of the host; empty where it has none
   * @param links the names of all links of the host
   * @param macs the hardware addresses of the guest's cards on the bridge, in small letters
   * @param v6 for IPv6, else for IPv4
   */
  public static List<Blocker> blockers(
      PacketFilter filter,
      BridgeFilter shown,
      String bridge,
      String uplink,
      Set<String> links,
      Set<String> macs,
      boolean v6) {
    List<Blocker> found = new ArrayList<>();
    boolean toIp = v6 ? shown.toIp6(bridge) : shown.toIp(bridge);
    for (boolean toGuest : new boolean[] {true, false}) {
      Bridged way = new Bridged(bridge, uplink, links, macs, toGuest, false);
      found.addAll(Firewall.ofBridge(filter, way, v6, toIp));
    }
    found.sort(Comparator.comparing((Blocker b) -> !b.sure()));
    return found;
  }
}
