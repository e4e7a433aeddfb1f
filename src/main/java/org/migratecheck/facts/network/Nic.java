package org.migratecheck.facts.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Xml;

/**
 * A network card of a guest. What it asks for is read from the XML that travels to the destination,
 * what it is plugged into now from the live XML.
 *
 * @param mac its hardware address in small letters
 * @param xml the {@code interface} element that travels
 * @param live the live {@code interface} element; the same as {@code xml} for a guest that is off
 */
public record Nic(String mac, Xml xml, Xml live) {

  /** Returns the cards of a guest, in order. */
  public static List<Nic> of(Guest guest) {
    List<Nic> nics = new ArrayList<>();
    List<Xml> live = guest.xml().all("devices/interface");
    for (Xml sent : guest.migratable().orElse(guest.xml()).all("devices/interface")) {
      String mac = mac(sent);
      nics.add(
          new Nic(
              mac, sent, live.stream().filter(l -> mac(l).equals(mac)).findFirst().orElse(sent)));
    }
    return List.copyOf(nics);
  }

  private static String mac(Xml xml) {
    return xml.attribute("mac", "address").orElse("").toLowerCase(Locale.ROOT);
  }

  /** Returns {@code bridge}, {@code network}, {@code direct}, {@code user}, {@code hostdev} ... */
  public String type() {
    return xml.attr("type");
  }

  /** Returns the type that it has now; a card on a virtual network can be of another type there. */
  public String liveType() {
    return live.attr("type");
  }

  /** Returns the virtual network that it asks for. */
  public Optional<String> network() {
    return type().equals("network") ? xml.attribute("source", "network") : Optional.empty();
  }

  /** Returns the portgroup that it asks for. */
  public Optional<String> portgroup() {
    return network().isPresent() ? xml.attribute("source", "portgroup") : Optional.empty();
  }

  /** Returns the bridge that it asks for by name. */
  public Optional<String> bridge() {
    return type().equals("bridge") ? xml.attribute("source", "bridge") : Optional.empty();
  }

  /** Returns the bridge that it is on now, by name or through a virtual network. */
  public Optional<String> liveBridge() {
    return live.attribute("source", "bridge").or(this::bridge);
  }

  /** Returns the host's link that it asks for (macvtap). */
  public Optional<String> device() {
    return type().equals("direct") ? xml.attribute("source", "dev") : Optional.empty();
  }

  /** Returns whether it asks for Open vSwitch. */
  public boolean openVswitch() {
    return xml.attribute("virtualport", "type").orElse("").equals("openvswitch");
  }

  /** Returns the MTU that it asks for. */
  public Optional<Integer> mtu() {
    return xml.attribute("mtu", "size").filter(m -> m.matches("[0-9]{1,6}")).map(Integer::valueOf);
  }

  /** Returns the name that its tap device must have. */
  public Optional<String> target() {
    return xml.attribute("target", "dev");
  }

  /** Returns the network filter that it asks for. */
  public Optional<String> filter() {
    return xml.attribute("filterref", "filter");
  }

  /** Returns whether it is the half of a pair that is unplugged for the move (teaming). */
  public boolean unpluggedForMove() {
    return xml.attribute("teaming", "type").orElse("").equals("transient");
  }
}
