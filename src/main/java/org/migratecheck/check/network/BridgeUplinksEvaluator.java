package org.migratecheck.check.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.network.Bridge;
import org.migratecheck.facts.network.Link;
import org.migratecheck.model.Observed;

/**
 * Compares how the bridges that both hosts have reach the world: whether they do, with a carrier,
 * on which VLAN, over what kind of link. The names of cards may differ.
 */
final class BridgeUplinksEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    HostNetwork source = new HostNetwork(context.source());
    HostNetwork destination = new HostNetwork(context.destination());
    GuestUse use = new GuestUse(context.source());
    Bonds bonds = new Bonds(context);
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    Set<String> names = BridgesEvaluator.compared(context, source, destination, use);
    names.removeIf(n -> source.bridge(n).isEmpty() || destination.bridge(n).isEmpty());
    if (names.isEmpty()) {
      return Outcome.skipped("no-common-bridge");
    }
    for (String name : names) {
      Bridge here = source.bridge(name).orElseThrow();
      Bridge there = destination.bridge(name).orElseThrow();
      List<Uplink> ours = source.uplinks(here);
      List<Uplink> theirs = destination.uplinks(there);
      observed.add(new Observed(name, describe(ours), describe(theirs)));
      boolean used = !use.onBridge(name).isEmpty();
      for (Problem p : compare(source, destination, name, ours, theirs, bonds)) {
        problems.add(GuestUse.weigh(context, used, p));
      }
    }
    return Outcome.of(problems, observed).with("count", Integer.toString(names.size()));
  }

  private static List<Problem> compare(
      HostNetwork source,
      HostNetwork destination,
      String bridge,
      List<Uplink> ours,
      List<Uplink> theirs,
      Bonds bonds) {
    if (ours.isEmpty() && theirs.isEmpty()) {
      return List.of();
    }
    if (theirs.isEmpty()) {
      return List.of(
          absent(
              Side.DESTINATION,
              "no-uplink",
              new BridgeMaker(source, destination, Side.DESTINATION),
              bridge,
              ours));
    }
    if (ours.isEmpty()) {
      return List.of(
          absent(
              Side.SOURCE,
              "extra-uplink",
              new BridgeMaker(destination, source, Side.SOURCE),
              bridge,
              theirs));
    }
    List<Problem> problems = new ArrayList<>();
    vlans(source, destination, bridge, ours, theirs).ifPresent(problems::add);
    carrier(bridge, ours, theirs).ifPresent(problems::add);
    if (theirs.stream().allMatch(Uplink::virtual) && !ours.stream().allMatch(Uplink::virtual)) {
      problems.add(Problem.of("virtual", "bridge", bridge, "uplinks", describe(theirs)));
    }
    problems.addAll(mtu(bridge, ours, theirs));
    problems.addAll(PortSetting.compare(bridge, ours, theirs));
    bonds.compare(bridge, ours, theirs).forEach(problems::add);
    speed(bridge, ours, theirs).ifPresent(problems::add);
    return problems;
  }

  private static Problem absent(
      Side side, String kind, BridgeMaker maker, String bridge, List<Uplink> model) {
    TreeMap<String, String> values = new TreeMap<>();
    String suffix = model.size() == 1 ? maker.attach(bridge, model.get(0), values) : "";
    values.put("bridge", bridge);
    values.put("uplinks", describe(model));
    return new Problem(kind + suffix, side, values, false);
  }

  /** The same VLANs must come in, whatever the links are called. */
  private static Optional<Problem> vlans(
      HostNetwork source,
      HostNetwork destination,
      String bridge,
      List<Uplink> ours,
      List<Uplink> theirs) {
    Set<String> wanted = ours.stream().map(Uplink::vlan).collect(Collectors.toSet());
    Set<String> actual = theirs.stream().map(Uplink::vlan).collect(Collectors.toSet());
    if (wanted.equals(actual)) {
      return Optional.empty();
    }
    TreeMap<String, String> values = new TreeMap<>();
    values.put("bridge", bridge);
    values.put("source-value", String.join(", ", wanted.stream().sorted().toList()));
    values.put("destination-value", String.join(", ", actual.stream().sorted().toList()));
    String kind = "vlan-differs";
    if (ours.size() == 1 && theirs.size() == 1 && ours.get(0).tags().size() == 1) {
      Uplink now = theirs.get(0);
      values.put("old", now.port().name());
      BridgeMaker maker = new BridgeMaker(source, destination, Side.DESTINATION);
      if (!now.tags().isEmpty() && maker.vlan(ours.get(0), now.base().name(), values)) {
        kind = "vlan-differs-tagged";
      }
    }
    return Optional.of(new Problem(kind, Side.DESTINATION, values, false));
  }

  private static Optional<Problem> carrier(String bridge, List<Uplink> ours, List<Uplink> theirs) {
    if (theirs.stream().anyMatch(Uplink::works)) {
      return Optional.empty();
    }
    Optional<Link> off = theirs.stream().flatMap(u -> u.switchedOff().stream()).findFirst();
    boolean blocked = theirs.stream().anyMatch(Uplink::blocked);
    String kind = blocked ? "blocked" : off.isPresent() ? "switched-off" : "no-carrier";
    Problem problem =
        Problem.of(
            kind,
            "bridge",
            bridge,
            "uplinks",
            describe(theirs),
            "uplink",
            off.map(Link::name).orElse(theirs.get(0).port().name()));
    boolean sameOnSource = ours.stream().noneMatch(Uplink::works);
    return Optional.of(sameOnSource ? problem.asWarning() : problem);
  }

  private static List<Problem> mtu(String bridge, List<Uplink> ours, List<Uplink> theirs) {
    int wanted = ours.stream().mapToInt(Uplink::mtu).min().orElse(0);
    List<Problem> problems = new ArrayList<>();
    for (Uplink uplink : theirs) {
      if (uplink.mtu() < wanted) {
        problems.add(
            Problem.of(
                "uplink-mtu",
                "bridge",
                bridge,
                "uplink",
                uplink.port().name(),
                "base",
                uplink.base().name(),
                "source-value",
                Integer.toString(wanted),
                "destination-value",
                Integer.toString(uplink.mtu())));
      }
    }
    return problems;
  }

  private static Optional<Problem> speed(String bridge, List<Uplink> ours, List<Uplink> theirs) {
    int fast = best(ours);
    int slow = best(theirs);
    return slow > 0 && slow < fast
        ? Optional.of(
            Problem.of(
                "slower",
                "bridge",
                bridge,
                "source-value",
                fast + " Mbit/s",
                "destination-value",
                slow + " Mbit/s"))
        : Optional.empty();
  }

  private static int best(List<Uplink> uplinks) {
    return uplinks.stream()
        .filter(Uplink::works)
        .flatMap(u -> u.base().speed().stream())
        .mapToInt(Integer::intValue)
        .max()
        .orElse(0);
  }

  private static String describe(List<Uplink> uplinks) {
    return uplinks.isEmpty()
        ? "no uplink"
        : uplinks.stream().map(Uplink::describe).collect(Collectors.joining(", "));
  }
}
