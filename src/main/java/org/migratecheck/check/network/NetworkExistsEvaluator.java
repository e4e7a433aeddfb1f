package org.migratecheck.check.network;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.network.Nic;
import org.migratecheck.facts.network.VirtualNetwork;
import org.migratecheck.model.Observed;

/**
 * Looks whether the virtual networks that a guest names exist on the destination, run, and have
 * what they stand on: a bridge of the host, or a card.
 */
final class NetworkExistsEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    Set<String> wanted =
        Nic.of(context.guest()).stream()
            .flatMap(n -> n.network().stream())
            .collect(Collectors.toCollection(java.util.TreeSet::new));
    if (wanted.isEmpty()) {
      return Outcome.skipped("no-network");
    }
    Map<String, VirtualNetwork> source = VirtualNetworksEvaluator.byName(context.source());
    Map<String, VirtualNetwork> there = VirtualNetworksEvaluator.byName(context.destination());
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    for (String name : wanted) {
      Optional<VirtualNetwork> ours = Optional.ofNullable(source.get(name));
      Optional<VirtualNetwork> theirs = Optional.ofNullable(there.get(name));
      observed.add(new Observed(name, state(ours), state(theirs)));
      if (theirs.isEmpty()) {
        problems.add(
            ours.map(NetworkExistsEvaluator::missing)
                .orElse(Problem.of("missing-unknown", "network", name)));
        continue;
      }
      if (!theirs.get().active()) {
        problems.add(Problem.of("inactive", "network", name));
      }
      problems.addAll(below(context, theirs.get()));
    }
    return Outcome.of(problems, observed)
        .with("count", Integer.toString(wanted.size()))
        .with("networks", String.join(", ", wanted));
  }

  private static Problem missing(VirtualNetwork model) {
    String kind =
        !model.persistent()
            ? "missing-transient"
            : model.autostart() ? "missing-autostart" : "missing";
    return Problem.of(
        kind, "network", model.name(), "xml", NetworkShape.definition(model, Optional.empty()));
  }

  /** A network that only names a bridge or cards of the host needs them to be there. */
  private static List<Problem> below(CheckContext context, VirtualNetwork network) {
    if (network.ownsBridge()) {
      return List.of();
    }
    HostNetwork destination = new HostNetwork(context.destination());
    Optional<String> bridge = network.bridge();
    if (bridge.isPresent()) {
      boolean ovs =
          network.live().attribute("virtualport", "type").orElse("").equals("openvswitch");
      List<Problem> problems =
          ovs
              ? BridgeExistsEvaluator.missingOvs(context, bridge.get())
              : BridgeExistsEvaluator.missing(
                  context, new HostNetwork(context.source()), destination, bridge.get());
      return problems.stream().map(p -> on(network, p)).toList();
    }
    List<Xml> cards = new ArrayList<>(network.live().all("forward/interface"));
    cards.addAll(network.live().all("forward/pf"));
    // libvirt takes the card with the fewest connections, of several the first.
    String next =
        cards.stream()
            .min(Comparator.comparingInt(NetworkExistsEvaluator::connections))
            .map(x -> x.attr("dev"))
            .orElse("");
    String missing =
        cards.stream()
            .map(x -> x.attr("dev"))
            .filter(c -> !c.isEmpty() && destination.link(c).isEmpty())
            .distinct()
            .collect(Collectors.joining(", "));
    if (missing.isEmpty()) {
      return List.of();
    }
    Problem problem = Problem.of("no-card", "network", network.name(), "cards", missing);
    return List.of(
        next.isEmpty() || destination.link(next).isPresent() ? problem.asWarning() : problem);
  }

  private static int connections(Xml card) {
    String number = card.attr("connections");
    return number.matches("[0-9]{1,6}") ? Integer.parseInt(number) : 0;
  }

  private static Problem on(VirtualNetwork network, Problem bridge) {
    TreeMap<String, String> values = new TreeMap<>(bridge.values());
    values.put("network", network.name());
    return new Problem("bridge-" + bridge.kind(), bridge.fixOn(), values, bridge.advisory());
  }

  private static String state(Optional<VirtualNetwork> network) {
    return network
        .map(
            n ->
                (n.active() ? "active" : "inactive")
                    + n.live()
                        .first("forward")
                        .map(NetworkExistsEvaluator::mode)
                        .orElse(", isolated")
                    + n.bridge().map(b -> ", " + b).orElse(""))
        .orElse("");
  }

  private static String mode(Xml forward) {
    return ", " + forward.attribute("mode").orElse("nat");
  }
}
