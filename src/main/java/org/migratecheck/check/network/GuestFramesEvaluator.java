package org.migratecheck.check.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.firewall.Blocker;
import org.migratecheck.check.firewall.GuestFrames;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.firewall.BridgeFilter;
import org.migratecheck.facts.firewall.FilterTable;
import org.migratecheck.facts.firewall.PacketFilter;
import org.migratecheck.facts.network.Link;
import org.migratecheck.facts.network.Nic;
import org.migratecheck.facts.network.VirtualNetwork;
import org.migratecheck.model.Observed;

/**
 * Follows the frames of a guest through the packet filter of the destination: rules for bridges,
 * and, where br_netfilter is in force, those for IP.
 */
final class GuestFramesEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    HostNetwork source = new HostNetwork(context.source());
    HostNetwork destination = new HostNetwork(context.destination());
    Set<String> bridges = Plugs.bridges(context.guest(), context.destination(), destination);
    if (bridges.isEmpty()) {
      return Outcome.skipped("no-bridge");
    }
    Set<String> today = Plugs.bridges(context.guest(), context.source(), source);
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    for (String bridge : bridges) {
      observed.add(
          new Observed(
              bridge + ": rules for IP see it",
              shown(context.source(), bridge),
              shown(context.destination(), bridge)));
      for (boolean v6 : new boolean[] {false, true}) {
        List<Blocker> there =
            blockers(context.guest(), context.destination(), destination, bridge, v6);
        if (!there.isEmpty()) {
          boolean before =
              today.contains(bridge)
                  && blockers(context.guest(), context.source(), source, bridge, v6).stream()
                      .anyMatch(b -> b.sure() || !there.get(0).sure());
          problems.addAll(problems(bridge, there, v6, before));
        }
      }
    }
    return Outcome.of(problems, observed).with("bridges", String.join(", ", bridges));
  }

  private static String shown(HostFacts host, String bridge) {
    BridgeFilter filter = host.get(BridgeFilter.FACT);
    return (filter.toIp(bridge) ? "IPv4 " : "") + (filter.toIp6(bridge) ? "IPv6" : "");
  }

  private static List<Blocker> blockers(
      Guest guest, HostFacts host, HostNetwork network, String bridge, boolean v6) {
    String uplink =
        network.bridge(bridge).map(network::uplinks).stream()
            .flatMap(List::stream)
            .map(u -> u.port().name())
            .findFirst()
            .orElse("");
    Map<String, VirtualNetwork> networks = VirtualNetworksEvaluator.byName(host);
    Set<String> macs =
        Nic.of(guest).stream()
            .filter(n -> Plugs.bridge(n, networks).filter(bridge::equals).isPresent())
            .map(Nic::mac)
            .filter(m -> !m.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
    Set<String> links =
        host.get(Link.FACT).stream().map(Link::name).collect(Collectors.toUnmodifiableSet());
    return GuestFrames.blockers(
        host.get(PacketFilter.FACT), host.get(BridgeFilter.FACT), bridge, uplink, links, macs, v6);
  }

  /**
   * One problem for each chain that has to be opened; where any surely blocks, those that only may
   * are left for the next run. What blocks on the source as well, the guest lives with today; a
   * filter that knows some addresses only is likely to know the guest's.
   */
  private static List<Problem> problems(
      String bridge, List<Blocker> found, boolean v6, boolean before) {
    boolean sure = found.get(0).sure();
    if (before && (!sure || v6)) {
      return List.of();
    }
    Map<String, Problem> problems = new LinkedHashMap<>();
    for (Blocker b : found) {
      if (b.sure() == sure) {
        Problem problem = problem(bridge, b, v6);
        problems.putIfAbsent(
            b.family() + ' ' + b.table() + ' ' + b.base(),
            sure && !before && !v6 ? problem : problem.asWarning());
      }
    }
    return List.copyOf(problems.values());
  }

  private static Problem problem(String bridge, Blocker b, boolean v6) {
    Optional<String> zone = b.zone().map(Blocker.Zone::name);
    String kind =
        b.manager() == Blocker.Manager.FIREWALLD
            ? "firewalld"
            : b.family().equals("bridge")
                ? "bridge-table"
                : b.family().equals("netdev")
                    ? "netdev-table"
                    : b.syntax() == FilterTable.Syntax.NFT ? "nft" : "iptables";
    return Problem.of(
        kind,
        "bridge",
        bridge,
        "blocks",
        b.sure() ? "drops" : "may drop",
        "ip",
        v6 ? "IPv6" : b.family().equals("bridge") ? "frames" : "IPv4",
        "rule",
        b.rule(),
        "family",
        b.family(),
        "table",
        b.table(),
        "chain",
        b.chain(),
        "base",
        b.base(),
        "zone",
        zone.orElse(""),
        "command",
        b.command());
  }
}
