package org.migratecheck.check.firewall;

import java.util.Set;

/**
 * The way of a guest's frame through a bridge of the destination.
 *
 * @param bridge the bridge
 * @param uplink the port that leads out of the host; empty where it has none
 * @param links the names of all links that the host has now
 * @param toGuest whether the frame comes in by the uplink, else it comes from the guest
 * @param frames whether rules see the ports (tables of family {@code bridge}); else they see the
 *     bridge as both interfaces, as br_netfilter shows it to rules for IP
 */
record Bridged(String bridge, String uplink, Set<String> links, boolean toGuest, boolean frames) {
  /** What libvirt calls the taps that it makes; the number is not known beforehand. */
  private static final String TAP = "vnet";

  Bridged {
    links = Set.copyOf(links);
  }

  /** Returns whether the frame's interface has that name; {@code wildcard} stands for any rest. */
  Reach device(Packet packet, boolean ofInput, String text, char wildcard) {
    boolean open = !text.isEmpty() && text.charAt(text.length() - 1) == wildcard;
    String name = open ? text.substring(0, text.length() - 1) : text;
    if (!frames) {
      return packet.when(open ? bridge.startsWith(name) : bridge.equals(name));
    }
    return port(packet, ofInput, name, open);
  }

  /** The same for the ports, which rules for IP see with {@code physdev}. */
  Reach port(Packet packet, boolean ofInput, String name, boolean open) {
    if (ofInput == toGuest) {
      return uplink.isEmpty()
          ? packet.maybe()
          : packet.when(open ? uplink.startsWith(name) : uplink.equals(name));
    }
    if (open) {
      return TAP.startsWith(name)
          ? packet.yes()
          : name.startsWith(TAP) ? packet.maybe() : packet.no();
    }
    return links.contains(name) || !name.startsWith(TAP) ? packet.no() : packet.maybe();
  }
}
