package org.migratecheck.check.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.network.Bridge;
import org.migratecheck.facts.network.Nic;
import org.migratecheck.facts.network.VirtualNetwork;
import org.migratecheck.model.Observed;

/**
 * Finds bridges of the destination that let a new port wait: with STP on, a port listens and learns
 * for the forward delay each before it forwards (kernel, net/bridge/br_stp.c), longer than the
 * guest announces itself.
 */
final class BridgeDelayEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    HostNetwork destination = new HostNetwork(context.destination());
    Map<String, VirtualNetwork> networks = VirtualNetworksEvaluator.byName(context.destination());
    Set<String> bridges = new TreeSet<>();
    for (Nic nic : Nic.of(context.guest())) {
      nic.bridge()
          .or(
              () ->
                  nic.network()
                      .flatMap(n -> Optional.ofNullable(networks.get(n)))
                      .flatMap(VirtualNetwork::bridge))
          .ifPresent(bridges::add);
    }
    bridges.removeAll(destination.libvirtBridges());
    bridges.removeIf(b -> destination.bridge(b).isEmpty());
    if (bridges.isEmpty()) {
      return Outcome.skipped("no-bridge");
    }
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    for (String name : bridges) {
      Bridge bridge = destination.bridge(name).orElseThrow();
      String delay = bridge.settings().getOrDefault("forward_delay", "0");
      String seconds = BridgeSetting.FORWARD_DELAY.forPeople(delay);
      observed.add(
          new Observed(
              name, "", "STP " + (bridge.stp() ? "on" : "off") + ", forward delay " + seconds));
      if (bridge.stp() && !delay.equals("0")) {
        problems.add(
            Problem.of(
                "waits",
                "bridge",
                name,
                "delay",
                seconds,
                "ageing-time",
                BridgeSetting.AGEING_TIME.usual()));
      }
    }
    return Outcome.of(problems, observed).with("bridges", String.join(", ", bridges));
  }
}
