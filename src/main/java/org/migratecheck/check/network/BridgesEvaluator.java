package org.migratecheck.check.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.network.Bridge;
import org.migratecheck.facts.network.Link;
import org.migratecheck.model.Observed;

/**
 * Compares the Linux bridges of two hosts by name: present, of the same settings, MTU and subnet.
 * Those that libvirt makes for its networks are judged with the networks.
 */
final class BridgesEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    HostNetwork source = new HostNetwork(context.source());
    HostNetwork destination = new HostNetwork(context.destination());
    GuestUse use = new GuestUse(context.source());
    Set<String> names = compared(context, source, destination, use);
    if (names.isEmpty()) {
      return Outcome.skipped("no-bridge");
    }
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    for (String name : names) {
      Optional<Bridge> here = source.bridge(name);
      Optional<Bridge> there = destination.bridge(name);
      observed.add(new Observed(name, describe(source, here), describe(destination, there)));
      List<Problem> found =
          here.isPresent() && there.isPresent()
              ? differences(source, destination, here.get(), there.get(), context)
              : oneSided(source, destination, name);
      boolean used = !use.onBridge(name).isEmpty();
      boolean extra = here.isEmpty(); // no guest that goes there can ask for it
      found.forEach(p -> problems.add(extra ? p.asWarning() : GuestUse.weigh(context, used, p)));
    }
    return Outcome.of(problems, observed).with("count", Integer.toString(names.size()));
  }

  /**
   * Returns the bridges to compare: all of both hosts, but those that libvirt makes itself and
   * those that the parameter {@code except} names, unless a guest is on one.
   */
  static Set<String> compared(
      CheckContext context, HostNetwork source, HostNetwork destination, GuestUse use) {
    Names except = Names.of(context.parameters().path("except"));
    Set<String> names = new TreeSet<>(source.bridgeNames());
    names.addAll(destination.bridgeNames());
    names.removeAll(source.libvirtBridges());
    names.removeAll(destination.libvirtBridges());
    names.removeIf(n -> except.contain(n) && use.onBridge(n).isEmpty());
    return names;
  }

  private static List<Problem> oneSided(HostNetwork source, HostNetwork destination, String name) {
    boolean onSource = source.bridge(name).isPresent();
    HostNetwork model = onSource ? source : destination;
    HostNetwork target = onSource ? destination : source;
    Side side = onSource ? Side.DESTINATION : Side.SOURCE;
    Optional<Link> other = target.link(name);
    if (other.isPresent()) {
      String kind = other.get().kind();
      if (!target.isIdle(name)) {
        return List.of(Problem.on(side, "not-a-bridge", "bridge", name, "kind", kind));
      }
      return List.of(
          Problem.on(side, "not-a-bridge-idle", "bridge", name, "kind", kind),
          new BridgeMaker(model, target, side)
              .missing(onSource ? "only-on-source" : "only-on-destination", name));
    }
    List<Problem> problems = new ArrayList<>();
    problems.add(
        new BridgeMaker(model, target, side)
            .missing(onSource ? "only-on-source" : "only-on-destination", name));
    if (onSource) {
      problems.addAll(unusual(source.bridge(name).orElseThrow()));
    }
    return problems;
  }

  /** What is to be set on the new bridge after it was made with STP and forward delay. */
  private static List<Problem> unusual(Bridge bridge) {
    List<Problem> problems = new ArrayList<>();
    for (BridgeSetting setting : BridgeSetting.values()) {
      Optional<String> wanted = setting.of(bridge);
      boolean made = setting == BridgeSetting.STP || setting == BridgeSetting.FORWARD_DELAY;
      if (!made && wanted.isPresent() && !wanted.get().equals(setting.usual())) {
        problems.add(setting.differs(bridge.name(), wanted.get(), setting.usual()));
      }
    }
    return problems;
  }

  private static List<Problem> differences(
      HostNetwork source,
      HostNetwork destination,
      Bridge here,
      Bridge there,
      CheckContext context) {
    String name = here.name();
    List<Problem> problems = new ArrayList<>();
    for (BridgeSetting setting : BridgeSetting.values()) {
      Optional<String> wanted = setting.of(here);
      Optional<String> actual = setting.of(there);
      if (wanted.isPresent() && actual.isPresent() && !wanted.equals(actual)) {
        problems.add(
            setting == BridgeSetting.STP && !here.stp()
                ? BridgeSetting.stpOff(name, here)
                : setting.differs(name, wanted.get(), actual.get()));
      }
    }
    mtu(context, source, destination, here, there).ifPresent(problems::add);
    boolean on = source.link(name).map(Link::up).orElse(false);
    if (on && !destination.link(name).map(Link::up).orElse(false)) {
      problems.add(Problem.of("down", "bridge", name));
    }
    Set<String> ours = source.subnets(name);
    Set<String> theirs = destination.subnets(name);
    if (!ours.isEmpty() && !theirs.isEmpty() && Collections.disjoint(ours, theirs)) {
      problems.add(
          Problem.of(
              "subnet",
              "bridge",
              name,
              "source-value",
              String.join(", ", ours),
              "destination-value",
              String.join(", ", theirs)));
    }
    return problems;
  }

  private static Optional<Problem> mtu(
      CheckContext context,
      HostNetwork source,
      HostNetwork destination,
      Bridge here,
      Bridge there) {
    Set<Integer> wanted = BridgeMtu.given(context.source(), source, here);
    Set<Integer> actual = BridgeMtu.given(context.destination(), destination, there);
    if (!Collections.disjoint(wanted, actual)) {
      return Optional.empty();
    }
    return Optional.of(
        Problem.of(
            "mtu",
            "bridge",
            here.name(),
            "source-value",
            mtu(source, here),
            "destination-value",
            mtu(destination, there)));
  }

  private static String mtu(HostNetwork host, Bridge bridge) {
    return host.link(bridge.name()).map(l -> Integer.toString(l.mtu())).orElse("unknown");
  }

  private static String describe(HostNetwork host, Optional<Bridge> bridge) {
    if (bridge.isEmpty()) {
      return "";
    }
    Bridge b = bridge.get();
    List<String> words = new ArrayList<>();
    Optional<Link> link = host.link(b.name());
    words.add(link.map(Link::up).orElse(false) ? "up" : "down");
    link.ifPresent(l -> words.add("mtu " + l.mtu()));
    for (BridgeSetting setting :
        List.of(BridgeSetting.STP, BridgeSetting.FORWARD_DELAY, BridgeSetting.VLAN_FILTERING)) {
      setting.of(b).ifPresent(v -> words.add(setting.file() + " " + setting.forPeople(v)));
    }
    return String.join(", ", words);
  }
}
