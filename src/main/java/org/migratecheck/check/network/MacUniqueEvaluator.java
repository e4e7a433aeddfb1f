package org.migratecheck.check.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Guests;
import org.migratecheck.facts.network.Bridge;
import org.migratecheck.facts.network.Link;
import org.migratecheck.facts.network.Nic;
import org.migratecheck.facts.network.VirtualNetwork;
import org.migratecheck.model.Observed;

/**
 * Looks for the MAC addresses of a guest on other guests, and on the destination itself. In
 * different networks two cards of one address do no harm.
 */
final class MacUniqueEvaluator implements Evaluator {
  private static final Set<String> OF_GUESTS = Set.of("tap", "macvtap", "ipvtap");

  @Override
  public Outcome evaluate(CheckContext context) {
    List<Nic> nics = Nic.of(context.guest()).stream().filter(n -> !n.mac().isEmpty()).toList();
    Set<String> macs = nics.stream().map(Nic::mac).collect(Collectors.toCollection(TreeSet::new));
    if (macs.isEmpty()) {
      return Outcome.skipped("no-card");
    }
    List<Problem> problems = new ArrayList<>();
    Map<String, VirtualNetwork> there = VirtualNetworksEvaluator.byName(context.destination());
    others(context, Side.DESTINATION, nics, there, problems);
    others(context, Side.SOURCE, nics, there, problems);
    HostNetwork destination = new HostNetwork(context.destination());
    for (Link link : context.destination(Link.FACT)) {
      for (Nic nic : nics) {
        if (!OF_GUESTS.contains(link.kind()) && nic.mac().equals(link.mac())) {
          Problem problem = Problem.of("host", "mac", link.mac(), "link", link.name());
          problems.add(
              inside(destination, link, place(nic, there)) ? problem : problem.asWarning());
        }
      }
    }
    return Outcome.of(
            problems, macs.stream().map(m -> new Observed(m, context.guest().name(), "")).toList())
        .with("count", Integer.toString(macs.size()));
  }

  /** On the source only guests that run count: the two meet again where both are moved. */
  private static void others(
      CheckContext context,
      Side side,
      List<Nic> nics,
      Map<String, VirtualNetwork> networks,
      List<Problem> problems) {
    for (Guest other : context.side(side).get(Guests.FACT)) {
      if (other.uuid().equals(context.guest().uuid()) || (side == Side.SOURCE && !other.active())) {
        continue;
      }
      for (Nic theirs : Nic.of(other)) {
        for (Nic ours : nics) {
          if (ours.mac().equals(theirs.mac())) {
            String kind =
                side == Side.SOURCE ? "on-source" : other.active() ? "running" : "defined";
            Problem problem = Problem.on(side, kind, "mac", ours.mac(), "other", other.name());
            problems.add(meet(ours, theirs, networks) ? problem : problem.asWarning());
          }
        }
      }
    }
  }

  private static boolean meet(Nic a, Nic b, Map<String, VirtualNetwork> networks) {
    String here = place(a, networks);
    String there = place(b, networks);
    return here.isEmpty() || there.isEmpty() || here.equals(there);
  }

  /** What a card is plugged into on the destination; empty where that is not known. */
  private static String place(Nic nic, Map<String, VirtualNetwork> networks) {
    Optional<String> name =
        nic.bridge()
            .or(nic::device)
            .or(
                () ->
                    nic.network()
                        .flatMap(n -> Optional.ofNullable(networks.get(n)))
                        .flatMap(VirtualNetwork::bridge));
    return name.orElse("");
  }

  /** Returns whether a link of the host is the bridge that a card is on, or in or below it. */
  private static boolean inside(HostNetwork host, Link link, String place) {
    Optional<Bridge> bridge = host.bridge(place);
    if (place.isEmpty() || link.name().equals(place) || bridge.isEmpty()) {
      return true;
    }
    return bridge.get().ports().contains(link.name())
        || host.uplinks(bridge.get()).stream()
            .flatMap(u -> host.way(u.port()).stream())
            .anyMatch(l -> l.name().equals(link.name()));
  }
}
