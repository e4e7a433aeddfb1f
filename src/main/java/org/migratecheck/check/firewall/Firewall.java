package org.migratecheck.check.firewall;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.migratecheck.facts.firewall.FilterChain;
import org.migratecheck.facts.firewall.FilterTable;
import org.migratecheck.facts.firewall.PacketFilter;

/** Judges packets by all rules of a host. */
public final class Firewall {
  private static final Set<String> INCOMING = Set.of("ingress", "prerouting", "input");
  private static final Set<String> THROUGH = Set.of("prerouting", "forward", "postrouting");
  private static final Set<String> OUTGOING = Set.of("output", "postrouting", "egress");

  private Firewall() {}

  /**
   * Returns the rules that keep the packet from getting through, or may do so; those that surely do
   * come first. At most one sure rule for each port and each chain that the kernel enters, for a
   * packet has to pass all of these chains.
   */
  public static List<Blocker> blockers(PacketFilter filter, Packet packet) {
    List<Blocker> result = new ArrayList<>();
    for (FilterTable table : filter.tables()) {
      if (!applies(table.family(), packet)) {
        continue;
      }
      for (FilterChain chain : table.chains().values()) {
        if (chain.hook().isPresent()
            && (packet.incoming() ? INCOMING : OUTGOING).contains(chain.hook().get().name())) {
          walk(table, chain, packet, result);
        }
      }
    }
    result.sort(Comparator.comparing((Blocker b) -> !b.sure()));
    return result;
  }

  /**
   * Returns the rules that keep a guest's frames from getting through a bridge, or may do so; the
   * sure ones first.
   *
   * @param toIp whether br_netfilter shows bridged packets of this family to rules for IP
   */
  static List<Blocker> ofBridge(PacketFilter filter, Bridged way, boolean v6, boolean toIp) {
    List<Blocker> result = new ArrayList<>();
    for (FilterTable table : filter.tables()) {
      boolean port = table.family().equals("netdev");
      boolean frames = port || table.family().equals("bridge");
      Packet packet = Packet.ofGuest(way.seenAs(frames), v6);
      if (!frames && !(toIp && applies(table.family(), packet))) {
        continue;
      }
      for (FilterChain chain : table.chains().values()) {
        FilterChain.Hook hook = chain.hook().orElse(null);
        if (hook != null && (port ? atUplink(hook, way) : through(hook))) {
          walk(table, chain, packet, result);
        }
      }
    }
    result.sort(Comparator.comparing((Blocker b) -> !b.sure()));
    return result;
  }

  private static boolean through(FilterChain.Hook hook) {
    return THROUGH.contains(hook.name()) && !hook.type().equals("nat");
  }

  /** Chains of the family {@code netdev} see what comes in or goes out by one link. */
  private static boolean atUplink(FilterChain.Hook hook, Bridged way) {
    return hook.devices().contains(way.uplink())
        && hook.name().equals(way.toGuest() ? "ingress" : "egress");
  }

  private static boolean applies(String family, Packet packet) {
    return switch (family) {
      case "inet", "netdev", "bridge" -> true;
      case "ip" -> !packet.v6();
      case "ip6" -> packet.v6();
      default -> false;
    };
  }

  private static void walk(
      FilterTable table, FilterChain base, Packet packet, List<Blocker> found) {
    boolean accepts = base.hook().map(FilterChain.Hook::accepts).orElse(true);
    ChainWalk.Result result = new ChainWalk(table, packet).walk(base, accepts);
    // Frames of a port of a bridge or bond: whether these chains see our packets is not known.
    boolean below =
        packet.bridged().isEmpty()
            && (table.family().equals("netdev") || table.family().equals("bridge"));
    for (Map.Entry<ChainWalk.Place, BitSet> entry : result.blocked().entrySet()) {
      BitSet sure = (BitSet) entry.getValue().clone();
      if (below) {
        sure.clear();
      } else {
        sure.andNot(result.accepted());
      }
      BitSet doubtful = (BitSet) entry.getValue().clone();
      doubtful.andNot(sure);
      BitSet uncounted = (BitSet) doubtful.clone();
      uncounted.andNot(result.counted());
      boolean counted = uncounted.isEmpty();
      add(table, base, packet, entry.getKey(), sure, true, false, found);
      add(table, base, packet, entry.getKey(), doubtful, false, counted, found);
    }
  }

  private static void add(
      FilterTable table,
      FilterChain base,
      Packet packet,
      ChainWalk.Place place,
      BitSet ports,
      boolean sure,
      boolean counted,
      List<Blocker> found) {
    if (!ports.isEmpty()) {
      found.add(
          new Blocker(
              manager(table),
              table.syntax(),
              table.family(),
              table.name(),
              base.name(),
              place.chain(),
              place.rule(),
              place.zone(),
              packet.ports(ports),
              sure,
              counted));
    }
  }

  private static Blocker.Manager manager(FilterTable table) {
    if (table.name().equals("firewalld")
        || table.chains().containsKey("INPUT_ZONES")
        || table.chains().containsKey("PREROUTING_ZONES")) {
      return Blocker.Manager.FIREWALLD;
    }
    return table.chains().containsKey("ufw-before-input")
        ? Blocker.Manager.UFW
        : Blocker.Manager.NONE;
  }
}
