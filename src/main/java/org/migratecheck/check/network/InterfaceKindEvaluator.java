package org.migratecheck.check.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.network.Nic;
import org.migratecheck.facts.network.VirtualNetwork;
import org.migratecheck.model.Observed;

/**
 * Finds network cards of kinds that cannot move, or only with care, and cards whose connections do
 * not survive because their network lives inside the host.
 */
final class InterfaceKindEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    List<Nic> nics = Nic.of(context.guest());
    if (nics.isEmpty()) {
      return Outcome.skipped("no-card");
    }
    Map<String, VirtualNetwork> networks = VirtualNetworksEvaluator.byName(context.source());
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    for (Nic nic : nics) {
      Optional<VirtualNetwork> network =
          nic.network().flatMap(n -> Optional.ofNullable(networks.get(n)));
      observed.add(
          new Observed(
              nic.mac(),
              nic.type()
                  + nic.network().map(n -> " " + n).orElse("")
                  + network
                      .map(n -> " (" + (n.forward().isEmpty() ? "isolated" : n.forward()) + ")")
                      .orElse(""),
              ""));
      kind(nic, network)
          .ifPresent(
              k ->
                  problems.add(
                      Problem.on(
                          Side.SOURCE, k, "mac", nic.mac(), "network", nic.network().orElse(""))));
    }
    return Outcome.of(problems, observed).with("count", Integer.toString(nics.size()));
  }

  private static Optional<String> kind(Nic nic, Optional<VirtualNetwork> network) {
    boolean passedThrough =
        nic.type().equals("hostdev")
            || nic.liveType().equals("hostdev")
            || network.map(n -> n.forward().equals("hostdev")).orElse(false);
    if (passedThrough) {
      return Optional.of(nic.unpluggedForMove() ? "hostdev-failover" : "hostdev");
    }
    return switch (nic.type()) {
      case "vdpa" -> Optional.of("vdpa");
      case "vhostuser" -> Optional.of("vhostuser");
      case "user" ->
          Optional.of(
              nic.xml().attribute("backend", "type").orElse("").equals("passt") ? "passt" : "user");
      case "network" ->
          network.flatMap(
              n ->
                  switch (n.forward()) {
                    case "nat" -> Optional.of("nat");
                    case "route", "open" -> Optional.of("routed");
                    case "" -> Optional.of("isolated");
                    default -> Optional.empty();
                  });
      default -> Optional.empty();
    };
  }
}
