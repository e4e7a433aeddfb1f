package org.migratecheck.check.network;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.network.Bridge;
import org.migratecheck.facts.network.Link;
import org.migratecheck.facts.network.Nic;
import org.migratecheck.facts.network.VirtualNetwork;
import org.migratecheck.model.Observed;

/** Looks whether the packets that a guest was promised to send fit through the destination. */
final class GuestMtuEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    List<Nic> nics = Nic.of(context.guest()).stream().filter(n -> n.mtu().isPresent()).toList();
    if (nics.isEmpty()) {
      return Outcome.skipped("no-mtu");
    }
    HostNetwork source = new HostNetwork(context.source());
    HostNetwork destination = new HostNetwork(context.destination());
    Map<String, VirtualNetwork> here = VirtualNetworksEvaluator.byName(context.source());
    Map<String, VirtualNetwork> there = VirtualNetworksEvaluator.byName(context.destination());
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    for (Nic nic : nics) {
      int wanted = nic.mtu().orElseThrow();
      List<Link> now = limits(source, here, nic);
      List<Link> then = limits(destination, there, nic);
      observed.add(new Observed(nic.mac() + " MTU " + wanted, describe(now), describe(then)));
      int wide = now.stream().mapToInt(Link::mtu).max().orElse(wanted);
      boolean narrowToday = now.stream().anyMatch(l -> l.mtu() < wanted);
      for (Link link : then) {
        if (link.mtu() < wanted) {
          Problem problem =
              Problem.of(
                  "too-small",
                  "mac",
                  nic.mac(),
                  "wanted",
                  Integer.toString(wanted),
                  "raise",
                  Integer.toString(Math.max(wanted, wide)),
                  "limit",
                  Integer.toString(link.mtu()),
                  "link",
                  link.name());
          problems.add(narrowToday ? problem.asWarning() : problem);
        }
      }
    }
    return Outcome.of(problems, observed).with("count", Integer.toString(nics.size()));
  }

  /** The bridge, or the link of the host, that carries the card. */
  private static Optional<String> on(Map<String, VirtualNetwork> networks, Nic nic) {
    return nic.bridge()
        .or(nic::device)
        .or(
            () ->
                nic.network()
                    .flatMap(n -> Optional.ofNullable(networks.get(n)))
                    .filter(n -> !n.ownsBridge())
                    .flatMap(VirtualNetwork::bridge));
  }

  /**
   * Returns what packets pass: the uplinks, those below first. The bridge's own MTU limits where it
   * was set below that of its ports; else it follows them (kernel, br_mtu_auto_adjust).
   */
  private static List<Link> limits(
      HostNetwork host, Map<String, VirtualNetwork> networks, Nic nic) {
    Optional<String> name = on(networks, nic);
    Optional<Link> link = name.flatMap(host::link);
    Optional<Bridge> bridge = name.flatMap(host::bridge);
    if (link.isEmpty()) {
      return List.of();
    }
    if (bridge.isEmpty()) {
      return host.way(link.get());
    }
    Set<Link> limits = new LinkedHashSet<>();
    host.uplinks(bridge.get()).forEach(u -> limits.addAll(host.way(u.port())));
    int own = link.get().mtu();
    boolean below =
        bridge.get().ports().stream()
            .flatMap(p -> host.link(p).stream())
            .allMatch(p -> own < p.mtu());
    if (below && !bridge.get().ports().isEmpty()) {
      limits.add(link.get());
    }
    return List.copyOf(limits);
  }

  private static String describe(List<Link> links) {
    return links.stream().map(l -> l.name() + " " + l.mtu()).collect(Collectors.joining(", "));
  }
}
