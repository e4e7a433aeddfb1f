package org.migratecheck.check.network;

import java.util.List;
import java.util.stream.Collectors;
import org.migratecheck.facts.network.Link;
import org.migratecheck.facts.network.VlanTag;

/**
 * A port through which a bridge reaches the world outside its host.
 *
 * @param port the port
 * @param tags the VLANs from the port down to the base; none for an untagged uplink
 * @param base the link below all VLANs: the port itself, a card, a bond
 * @param mtu the smallest MTU on the way, in bytes
 * @param virtual whether it is only one end of a virtual cable (veth)
 */
record Uplink(Link port, List<VlanTag> tags, Link base, int mtu, boolean virtual) {
  private static final int BLOCKING = 4;
  private static final int DISABLED = 0;

  Uplink {
    tags = List.copyOf(tags);
  }

  /** Returns whether packets pass, or will once the spanning tree protocol has settled. */
  boolean works() {
    int state = port.portState().orElse(3);
    return port.works() && base.works() && state != DISABLED && state != BLOCKING;
  }

  /** Returns whether the spanning tree protocol keeps it from forwarding. */
  boolean blocked() {
    return port.works() && base.works() && port.portState().orElse(3) == BLOCKING;
  }

  /** Returns the first link of the way that is switched off. */
  java.util.Optional<Link> switchedOff() {
    if (!base.up()) {
      return java.util.Optional.of(base);
    }
    return port.up() ? java.util.Optional.empty() : java.util.Optional.of(port);
  }

  /** Returns its VLANs as one text; {@code untagged} where there are none. */
  String vlan() {
    return tags.isEmpty()
        ? "untagged"
        : "VLAN " + tags.stream().map(VlanTag::toString).collect(Collectors.joining(" in "));
  }

  /** Returns it for people, such as {@code bond0.100 (VLAN 100 on bond0, a bond)}. */
  String describe() {
    String state = works() ? "" : blocked() ? ", blocked by STP" : ", no carrier";
    return tags.isEmpty()
        ? port.name() + " (" + port.kind() + state + ")"
        : port.name() + " (" + vlan() + " on " + base.name() + ", " + base.kind() + state + ")";
  }
}
