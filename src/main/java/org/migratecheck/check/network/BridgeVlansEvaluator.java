package org.migratecheck.check.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.network.Bridge;
import org.migratecheck.facts.network.PortVlans;
import org.migratecheck.model.Observed;

/**
 * Compares which VLANs the uplinks of VLAN-filtering bridges let through, and which reach the host
 * itself. Ports of guests come and go and do not count.
 */
final class BridgeVlansEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    HostNetwork source = new HostNetwork(context.source());
    HostNetwork destination = new HostNetwork(context.destination());
    GuestUse use = new GuestUse(context.source());
    Set<String> names = BridgesEvaluator.compared(context, source, destination, use);
    names.removeIf(n -> !filters(source, n) || !filters(destination, n));
    if (names.isEmpty()) {
      return Outcome.skipped("no-filtering");
    }
    PortVlans ours = context.source(PortVlans.FACT);
    PortVlans theirs = context.destination(PortVlans.FACT);
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    for (String name : names) {
      List<Problem> found = new ArrayList<>();
      VlanSet wanted = uplinks(source, ours, name);
      for (Uplink uplink : destination.uplinks(destination.bridge(name).orElseThrow())) {
        String port = uplink.port().name();
        VlanSet actual = VlanSet.of(theirs.of(port));
        observed.add(new Observed(name + " " + port, wanted.describe(), actual.describe()));
        if (!source.uplinks(source.bridge(name).orElseThrow()).isEmpty()) {
          found.addAll(differences("", name, port, wanted, actual));
        }
      }
      VlanSet own = VlanSet.of(ours.of(name));
      VlanSet other = VlanSet.of(theirs.of(name));
      observed.add(new Observed(name, own.describe(), other.describe()));
      found.addAll(differences("host-", name, name, own, other));
      boolean used = !use.onBridge(name).isEmpty();
      found.forEach(p -> problems.add(GuestUse.weigh(context, used, p)));
    }
    return Outcome.of(problems, observed).with("count", Integer.toString(names.size()));
  }

  private static boolean filters(HostNetwork host, String bridge) {
    return host.bridge(bridge).filter(Bridge::vlanFiltering).isPresent();
  }

  private static VlanSet uplinks(HostNetwork host, PortVlans vlans, String bridge) {
    VlanSet all = new VlanSet(new TreeMap<>());
    for (Uplink uplink : host.uplinks(host.bridge(bridge).orElseThrow())) {
      all = all.and(VlanSet.of(vlans.of(uplink.port().name())));
    }
    return all;
  }

  private static List<Problem> differences(
      String prefix, String bridge, String port, VlanSet wanted, VlanSet actual) {
    List<Problem> problems = new ArrayList<>();
    for (VlanSet.Range range : wanted.notIn(actual)) {
      String kind = range.mode().isEmpty() ? "missing" : "missing-" + range.mode();
      problems.add(problem(prefix + kind.replace(' ', '-'), bridge, port, range));
    }
    for (VlanSet.Range range : actual.beyond(wanted)) {
      problems.add(problem(prefix + "extra", bridge, port, range));
    }
    return problems;
  }

  private static Problem problem(String kind, String bridge, String port, VlanSet.Range range) {
    return Problem.of(kind, "bridge", bridge, "port", port, "vlan", range.ids());
  }
}
