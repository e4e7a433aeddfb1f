package org.migratecheck.check.network;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.network.VirtualNetwork;

/**
 * The XML of a virtual network without what naturally differs from host to host: UUID, MAC, how
 * many guests are connected, names and PCI addresses of cards, and what libvirt fills in by default
 * (libvirt, formatnetwork.html).
 */
final class NetworkShape {
  private static final Set<String> NO_SHAPE =
      Set.of("uuid", "mac", "metadata", "title", "description", "name");
  private static final Set<String> UNORDERED = Set.of("network", "dhcp", "dns");
  private static final Set<String> CARD = Set.of("interface", "pf", "address", "forward");
  private static final Pattern OWN_LINES =
      Pattern.compile("(?m)^  <(?:uuid>.*</uuid>|mac address=.*/>)\n");
  private static final Pattern CONNECTIONS = Pattern.compile("^(<network) connections='[0-9]+'");

  private final Xml shape;

  NetworkShape(Xml network) {
    shape = strip(network, "");
  }

  /** Returns the canonical text. */
  String text() {
    return shape.canonical();
  }

  /** Returns the names of the parts that differ, such as {@code forward} and {@code ip}. */
  List<String> differingParts(NetworkShape other) {
    Map<String, String> ours = parts(shape);
    Map<String, String> theirs = parts(other.shape);
    Set<String> names = new TreeSet<>(ours.keySet());
    names.addAll(theirs.keySet());
    names.removeIf(n -> ours.getOrDefault(n, "").equals(theirs.getOrDefault(n, "")));
    return List.copyOf(names);
  }

  /** Returns the canonical text of one part; empty where there is none. */
  String part(String name) {
    return parts(shape).getOrDefault(name, "").strip();
  }

  private static Map<String, String> parts(Xml shape) {
    Map<String, String> parts = new TreeMap<>();
    shape.children().forEach(c -> parts.merge(c.name(), c.canonical(), String::concat));
    shape.attributes().forEach((k, v) -> parts.put(k, v));
    return parts;
  }

  private static Xml strip(Xml xml, String parent) {
    Map<String, String> attributes = new TreeMap<>(xml.attributes());
    attributes.remove("connections");
    if (CARD.contains(xml.name()) && (parent.equals("forward") || xml.name().equals("forward"))) {
      attributes.computeIfPresent("dev", (k, v) -> "*");
      if (xml.name().equals("address")) {
        attributes.keySet().removeIf(k -> !k.equals("type"));
      }
    }
    List<Xml> children = new ArrayList<>();
    for (Xml child : xml.children()) {
      boolean own = parent.isEmpty() && NO_SHAPE.contains(child.name());
      if (!own && !isDefault(child)) {
        Xml stripped = strip(child, xml.name());
        if (!(stripped.name().equals("nat")
            && stripped.children().isEmpty()
            && stripped.attributes().isEmpty())) {
          children.add(stripped);
        }
      }
    }
    if (UNORDERED.contains(xml.name())) {
      children.sort(Comparator.comparing(Xml::canonical));
    }
    return new Xml(xml.name(), attributes, children, xml.text());
  }

  /** A running NAT network shows the port range that libvirt takes when none is given. */
  private static boolean isDefault(Xml xml) {
    return xml.name().equals("port")
        && xml.attr("start").equals("1024")
        && xml.attr("end").equals("65535");
  }

  /**
   * Returns the definition of a network as it can be given to {@code virsh net-define} on another
   * host: as libvirt wrote it, without UUID and MAC, or with those that the network has there.
   */
  static String definition(VirtualNetwork model, Optional<VirtualNetwork> there) {
    String text = OWN_LINES.matcher(model.source()).replaceAll("");
    text = CONNECTIONS.matcher(text).replaceFirst("$1");
    if (there.isEmpty()) {
      return text.strip();
    }
    String own =
        OWN_LINES
            .matcher(there.get().source())
            .results()
            .map(MatchResult::group)
            .collect(Collectors.joining());
    return text.replaceFirst("(?m)^(  <name>.*</name>\n)", "$1" + Matcher.quoteReplacement(own))
        .strip();
  }
}
