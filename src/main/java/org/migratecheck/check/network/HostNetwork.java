package org.migratecheck.check.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.network.Address;
import org.migratecheck.facts.network.Bridge;
import org.migratecheck.facts.network.Link;
import org.migratecheck.facts.network.VirtualNetwork;
import org.migratecheck.facts.network.VlanTag;

/** The links and bridges of one host and how they hang together. */
final class HostNetwork {
  private static final int DEEPEST = 8;
  private static final Set<String> REMOVABLE = Set.of("dummy", "veth", "ifb");

  private final HostFacts facts;
  private final SortedMap<String, Link> links = new TreeMap<>();
  private final SortedMap<String, Bridge> bridges = new TreeMap<>();

  /**
   * Reads it.
   *
   * @throws org.migratecheck.facts.Undetermined where the facts do not tell
   */
  HostNetwork(HostFacts facts) {
    this.facts = facts;
    facts.get(Link.FACT).forEach(l -> links.put(l.name(), l));
    facts.get(Bridge.FACT).forEach(b -> bridges.put(b.name(), b));
  }

  Optional<Link> link(String name) {
    return Optional.ofNullable(links.get(name));
  }

  Optional<Bridge> bridge(String name) {
    return Optional.ofNullable(bridges.get(name));
  }

  Set<String> bridgeNames() {
    return bridges.keySet();
  }

  /** Returns the bridges that libvirt makes and removes for its networks. */
  Set<String> libvirtBridges() {
    return facts.get(VirtualNetwork.FACT).stream()
        .filter(VirtualNetwork::ownsBridge)
        .flatMap(n -> n.bridge().stream())
        .collect(Collectors.toSet());
  }

  /** Returns the subnets of the host's own addresses on a link. */
  Set<String> subnets(String link) {
    return facts.get(Address.FACT).stream()
        .filter(a -> a.link().equals(link))
        .flatMap(a -> a.subnet().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Returns the ports that lead out of the host. Taps belong to guests. A virtual cable counts only
   * where there is nothing better: beside a card it leads to a container.
   */
  List<Uplink> uplinks(Bridge bridge) {
    List<Uplink> all = new ArrayList<>();
    for (String port : bridge.ports()) {
      Link link = links.get(port);
      if (link != null && !link.staysInside()) {
        Uplink uplink = follow(link);
        if (!uplink.base().staysInside()) {
          all.add(uplink);
        }
      }
    }
    List<Uplink> real = all.stream().filter(u -> !u.virtual()).toList();
    return real.isEmpty() ? List.copyOf(all) : real;
  }

  /** Follows VLANs down to what carries them. */
  Uplink follow(Link port) {
    List<VlanTag> tags = new ArrayList<>();
    Link base = port;
    int mtu = port.mtu();
    for (int depth = 0; depth < DEEPEST && base.kind().equals("vlan"); depth++) {
      base.tag().ifPresent(tags::add);
      Optional<Link> below = base.lower().stream().findFirst().flatMap(this::link);
      if (below.isEmpty()) {
        break;
      }
      base = below.get();
      mtu = Math.min(mtu, base.mtu());
    }
    return new Uplink(port, tags, base, mtu, base.kind().equals("veth"));
  }

  /** Returns a link and those below it down to what carries its VLANs, the lowest first. */
  List<Link> way(Link port) {
    List<Link> way = new ArrayList<>();
    Optional<Link> next = Optional.of(port);
    for (int depth = 0; depth < DEEPEST && next.isPresent(); depth++) {
      Link link = next.get();
      way.add(0, link);
      next =
          link.kind().equals("vlan")
              ? link.lower().stream().findFirst().flatMap(this::link)
              : Optional.empty();
    }
    return way;
  }

  /** Returns whether a link exists that nothing uses: no port, no member, no address, no VLAN. */
  boolean isFree(String name) {
    Link link = links.get(name);
    return link != null
        && !link.staysInside()
        && bridges.values().stream().noneMatch(b -> b.ports().contains(name))
        && links.values().stream().noneMatch(l -> l.lower().contains(name))
        && facts.get(Address.FACT).stream()
            .noneMatch(a -> a.link().equals(name) && !a.scope().equals("link"));
  }

  /** Returns whether a link is a virtual one that nothing uses, so that it can be removed. */
  boolean isIdle(String name) {
    Link link = links.get(name);
    return link != null
        && REMOVABLE.contains(link.kind())
        && bridges.values().stream().noneMatch(b -> b.ports().contains(name))
        && links.values().stream().noneMatch(l -> l.lower().contains(name))
        && facts.get(Address.FACT).stream()
            .noneMatch(a -> a.link().equals(name) && !a.scope().equals("link"));
  }

  /** Returns whether a VLAN can be put on a link: it exists and is no port of a bridge itself. */
  boolean carriesVlans(String name) {
    Link link = links.get(name);
    return link != null
        && !link.staysInside()
        && !link.kind().equals("vlan")
        && bridges.values().stream().noneMatch(b -> b.ports().contains(name));
  }
}
