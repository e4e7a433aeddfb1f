package org.migratecheck.check.firewall;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The way of a guest's frame through a bridge of the destination.
 *
 * @param bridge the bridge
 * @param uplink the port that leads out of the host; empty where it has none
 * @param links the names of all links that the host has now
 * @param macs the hardware addresses of the guest's cards on it, in small letters
 * @param toGuest whether the frame comes in by the uplink, else it comes from the guest
 * @param frames whether rules see the ports (tables of family {@code bridge}); else they see the
 *     bridge as both interfaces, as br_netfilter shows it to rules for IP
 */
record Bridged(
    String bridge,
    String uplink,
    Set<String> links,
    Set<String> macs,
    boolean toGuest,
    boolean frames) {
  /** What libvirt calls the taps that it makes; the number is not known beforehand. */
  private static final String TAP = "vnet";

  private static final Pattern MAC = Pattern.compile("(?:[0-9a-f]{2}:){5}[0-9a-f]{2}");

  Bridged {
    links = Set.copyOf(links);
    macs = Set.copyOf(macs);
  }

  /** The same way as rules of the family {@code bridge} see it, or as those for IP do. */
  Bridged seenAs(boolean byPorts) {
    return new Bridged(bridge, uplink, links, macs, toGuest, byPorts);
  }

  /**
   * Returns whether a frame has that hardware address, or one of a range {@code A-B}. Only the
   * guest's own end is known; frames to it are taken for those to its own address, and those to
   * many for possible.
   */
  Reach mac(Packet packet, boolean ofSource, String text) {
    String[] ends = text.toLowerCase(Locale.ROOT).split("-", 2);
    if (ofSource == toGuest || macs.isEmpty() || !MAC.matcher(ends[0]).matches()) {
      return packet.maybe();
    }
    String last = ends[ends.length - 1];
    if (!MAC.matcher(last).matches() || (!ofSource && manyFold(ends[0]))) {
      return packet.maybe();
    }
    long hits =
        macs.stream().filter(m -> m.compareTo(ends[0]) >= 0 && m.compareTo(last) <= 0).count();
    return hits == 0 ? packet.no() : hits == macs.size() ? packet.yes() : packet.maybe();
  }

  /** Broadcast and multicast addresses have the lowest bit of their first byte set. */
  private static boolean manyFold(String mac) {
    return Character.digit(mac.charAt(1), 16) % 2 == 1;
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
