package org.migratecheck.check.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.network.Bridge;
import org.migratecheck.facts.network.Learnt;
import org.migratecheck.facts.network.Link;
import org.migratecheck.facts.network.Nic;
import org.migratecheck.facts.network.Segments;
import org.migratecheck.model.ClockOffset;
import org.migratecheck.model.Observed;

/**
 * Looks whether the bridges and links of one name that a guest uses lead into one network segment:
 * both hosts called each other there, and what their bridges have learnt is compared.
 */
final class SameSegmentEvaluator implements Evaluator {
  /** How long both must have called at the same time, to say that they cannot hear each other. */
  private static final double ENOUGH_SECONDS = 1.5;

  /** BR_STATE_FORWARDING of linux/if_bridge.h. */
  private static final int FORWARDING = 3;

  @Override
  public Outcome evaluate(CheckContext context) {
    HostNetwork source = new HostNetwork(context.source());
    HostNetwork destination = new HostNetwork(context.destination());
    Set<String> names = names(context, source, destination);
    names.removeIf(n -> !leadsOut(source, n) || !leadsOut(destination, n));
    if (names.isEmpty()) {
      return Outcome.skipped("no-link");
    }
    Segments here = context.link(Segments.ON_SOURCE);
    Segments there = context.link(Segments.ON_DESTINATION);
    boolean together = together(context, here, there);
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    List<String> known = new ArrayList<>();
    for (String name : names) {
      String ours = here.links().getOrDefault(name, "");
      String theirs = there.links().getOrDefault(name, "");
      Set<String> common = common(context, source, destination, name);
      observed.add(new Observed(name, ours, theirs));
      if (!common.isEmpty()) {
        observed.add(new Observed(name + ": heard on both", first(common), first(common)));
      }
      boolean met = ours.equals("heard") || theirs.equals("heard");
      if (met && (ours.equals("silent") || theirs.equals("silent"))) {
        // That frames of a guest pass does not help: without ARP nobody finds it.
        problems.add(oneWay(context, name, ours.equals("heard")));
        continue;
      }
      boolean silent = ours.equals("silent") && theirs.equals("silent");
      if (silent && !together && common.isEmpty()) {
        throw new Undetermined(
            "the hosts called each other through "
                + name
                + ", but not surely at the same time; run the check again");
      }
      if (silent && together) {
        problems.add(
            common.isEmpty()
                ? Problem.of("other-segment", "link", name)
                : Problem.of("apart", "link", name, "common", first(common)));
      }
      if (met || !common.isEmpty()) {
        known.add(name);
      } else if (!silent) {
        problems.add(Problem.of("not-measured", "link", name));
      }
    }
    return Outcome.of(problems, observed).with("links", String.join(", ", known));
  }

  /** Who hears the other sends some times more, so the other has to hear it as well. */
  private static Problem oneWay(CheckContext context, String name, boolean sourceHears) {
    String source = context.source().name();
    String destination = context.destination().name();
    return Problem.of(
        "one-way",
        "link",
        name,
        "hears",
        sourceHears ? source : destination,
        "deaf",
        sourceHears ? destination : source);
  }

  private static Set<String> names(
      CheckContext context, HostNetwork source, HostNetwork destination) {
    Set<String> names =
        new LinkedHashSet<>(Plugs.bridges(context.guest(), context.source(), source));
    names.retainAll(Plugs.bridges(context.guest(), context.destination(), destination));
    for (Nic nic : Nic.of(context.guest())) {
      nic.device().ifPresent(names::add);
    }
    return names;
  }

  /** What has no working way out, or sorts frames by VLAN itself, is judged by other checks. */
  private static boolean leadsOut(HostNetwork host, String name) {
    Optional<Bridge> bridge = host.bridge(name);
    if (bridge.isPresent()) {
      return !bridge.get().vlanFiltering()
          && host.link(name).map(Link::up).orElse(false)
          && host.uplinks(bridge.get()).stream().anyMatch(SameSegmentEvaluator::forwards);
    }
    return host.link(name).filter(l -> host.follow(l).works()).isPresent();
  }

  /** While the spanning tree protocol still listens and learns, nothing passes. */
  private static boolean forwards(Uplink uplink) {
    return uplink.works() && uplink.port().portState().orElse(FORWARDING) == FORWARDING;
  }

  /**
   * Addresses of one host's guests that the other heard from outside. Those of third parties prove
   * nothing: a router has one address in all its VLANs.
   */
  private static Set<String> common(
      CheckContext context, HostNetwork source, HostNetwork destination, String name) {
    Set<String> ours = macs(context.source(), source, name, false);
    ours.retainAll(macs(context.destination(), destination, name, true));
    Set<String> theirs = macs(context.destination(), destination, name, false);
    theirs.retainAll(macs(context.source(), source, name, true));
    ours.addAll(theirs);
    return ours;
  }

  /** Addresses learnt by a bridge: at its uplinks, or at its other ports, which are guests'. */
  private static Set<String> macs(
      HostFacts facts, HostNetwork host, String name, boolean atUplinks) {
    Optional<Bridge> bridge = host.bridge(name);
    if (bridge.isEmpty()) {
      return new TreeSet<>();
    }
    Set<String> uplinks =
        host.uplinks(bridge.get()).stream().map(u -> u.port().name()).collect(Collectors.toSet());
    return facts.get(Learnt.FACT).stream()
        .filter(l -> bridge.get().ports().contains(l.port()))
        .filter(l -> uplinks.contains(l.port()) == atUplinks)
        .map(Learnt::mac)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String first(Set<String> macs) {
    return Collections.min(macs);
  }

  /** Returns whether both surely called at the same time for long enough, by both clocks. */
  private static boolean together(CheckContext context, Segments here, Segments there) {
    Optional<ClockOffset> ours = context.source().evidence().clock();
    Optional<ClockOffset> theirs = context.destination().evidence().clock();
    if (ours.isEmpty() || theirs.isEmpty()) {
      return false;
    }
    double from =
        Math.max(
            here.from() - ours.get().lowMillis() / 1000.0,
            there.from() - theirs.get().lowMillis() / 1000.0);
    double to =
        Math.min(
            here.to() - ours.get().highMillis() / 1000.0,
            there.to() - theirs.get().highMillis() / 1000.0);
    return to - from > ENOUGH_SECONDS;
  }
}
