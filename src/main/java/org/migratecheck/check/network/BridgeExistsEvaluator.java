package org.migratecheck.check.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.network.Link;
import org.migratecheck.facts.network.Nic;
import org.migratecheck.facts.network.Ovs;
import org.migratecheck.facts.network.VirtualNetwork;
import org.migratecheck.model.Observed;

/** Looks whether the bridges that a guest names exist on the destination and are bridges. */
final class BridgeExistsEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    Map<String, Boolean> wanted = new LinkedHashMap<>();
    for (Nic nic : Nic.of(context.guest())) {
      nic.bridge().ifPresent(b -> wanted.put(b, nic.openVswitch()));
    }
    if (wanted.isEmpty()) {
      return Outcome.skipped("no-bridge");
    }
    HostNetwork source = new HostNetwork(context.source());
    HostNetwork destination = new HostNetwork(context.destination());
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    wanted.forEach(
        (bridge, ovs) -> {
          observed.add(
              new Observed(
                  bridge,
                  what(context.source(), source, bridge),
                  what(context.destination(), destination, bridge)));
          problems.addAll(
              ovs ? missingOvs(context, bridge) : missing(context, source, destination, bridge));
        });
    return Outcome.of(problems, observed)
        .with("count", Integer.toString(wanted.size()))
        .with("bridges", String.join(", ", wanted.keySet()));
  }

  /** Returns what keeps a card off the Linux bridge of that name on the destination. */
  static List<Problem> missing(
      CheckContext context, HostNetwork source, HostNetwork destination, String bridge) {
    Optional<Link> link = destination.link(bridge);
    if (destination.bridge(bridge).isPresent()) {
      return link.map(Link::up).orElse(false)
          ? List.of()
          : List.of(Problem.of("down", "bridge", bridge));
    }
    if (link.isPresent()) {
      return misnamed(context, source, destination, link.get());
    }
    Optional<VirtualNetwork> maker =
        context.destination(VirtualNetwork.FACT).stream()
            .filter(n -> n.ownsBridge() && n.bridge().equals(Optional.of(bridge)))
            .findFirst();
    if (maker.isPresent()) {
      return List.of(
          Problem.of("network-inactive", "bridge", bridge, "network", maker.get().name()));
    }
    return List.of(make(source, destination, bridge));
  }

  private static Problem make(HostNetwork source, HostNetwork destination, String bridge) {
    return source.bridge(bridge).isPresent()
        ? new BridgeMaker(source, destination, Side.DESTINATION).missing("missing", bridge)
        : Problem.of("missing-unknown", "bridge", bridge);
  }

  private static List<Problem> misnamed(
      CheckContext context, HostNetwork source, HostNetwork destination, Link link) {
    String bridge = link.name();
    if (context.destination(Ovs.FACT).bridges(bridge)) {
      return List.of(Problem.of("is-ovs", "bridge", bridge));
    }
    if (!destination.isIdle(bridge)) {
      return List.of(Problem.of("not-a-bridge", "bridge", bridge, "kind", link.kind()));
    }
    return List.of(
        Problem.of("not-a-bridge-idle", "bridge", bridge, "kind", link.kind()),
        make(source, destination, bridge));
  }

  /** Returns what keeps a card off the Open vSwitch bridge of that name. */
  static List<Problem> missingOvs(CheckContext context, String bridge) {
    Ovs ovs = context.destination(Ovs.FACT);
    if (!ovs.installed()) {
      return List.of(Problem.of("ovs-not-installed", "bridge", bridge));
    }
    if (ovs.failure().isPresent()) {
      return List.of(Problem.of("ovs-down", "bridge", bridge, "said", ovs.failure().orElse("")));
    }
    if (ovs.bridges(bridge)) {
      return List.of();
    }
    String datapath =
        context
            .source(Ovs.FACT)
            .bridge(bridge)
            .flatMap(b -> Optional.ofNullable(b.settings().get("datapath_type")))
            .orElse("system");
    return List.of(Problem.of("ovs-missing", "bridge", bridge, "datapath", datapath));
  }

  /** Open vSwitch is asked only where it matters: its bridges have a link of their name, too. */
  private static String what(HostFacts facts, HostNetwork host, String name) {
    Optional<Link> link = host.link(name);
    if (link.isEmpty()) {
      return "";
    }
    String state = link.get().up() ? "" : ", down";
    if (host.bridge(name).isPresent()) {
      return "Linux bridge" + state;
    }
    return (facts.get(Ovs.FACT).bridges(name) ? "Open vSwitch bridge" : link.get().kind()) + state;
  }
}
