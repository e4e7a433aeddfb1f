package org.migratecheck.check.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.network.VirtualNetwork;
import org.migratecheck.model.Observed;

/** Compares libvirt's virtual networks of two hosts by name. */
final class VirtualNetworksEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    Map<String, VirtualNetwork> source = byName(context.source());
    Map<String, VirtualNetwork> destination = byName(context.destination());
    Names except = Names.of(context.parameters().path("except"));
    GuestUse use = new GuestUse(context.source());
    GuestUse there = new GuestUse(context.destination());
    Set<String> names = new TreeSet<>(source.keySet());
    names.addAll(destination.keySet());
    names.removeIf(n -> except.contain(n) && use.onNetwork(n).isEmpty());
    if (names.isEmpty()) {
      return Outcome.skipped("no-network");
    }
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    for (String name : names) {
      Optional<VirtualNetwork> ours = Optional.ofNullable(source.get(name));
      Optional<VirtualNetwork> theirs = Optional.ofNullable(destination.get(name));
      observed.add(new Observed(name, describe(ours), describe(theirs)));
      List<Problem> found =
          ours.isPresent() && theirs.isPresent()
              ? differences(ours.get(), theirs.get(), !there.onNetwork(name).isEmpty(), observed)
              : List.of(
                  ours.isPresent()
                      ? missing(Side.DESTINATION, "only-on-source", ours.get())
                      : missing(Side.SOURCE, "only-on-destination", theirs.orElseThrow()));
      boolean used = !use.onNetwork(name).isEmpty();
      boolean extra = ours.isEmpty(); // no guest that goes there can ask for it
      found.forEach(p -> problems.add(extra ? p.asWarning() : GuestUse.weigh(context, used, p)));
    }
    return Outcome.of(problems, observed).with("count", Integer.toString(names.size()));
  }

  static Map<String, VirtualNetwork> byName(HostFacts host) {
    Map<String, VirtualNetwork> networks = new TreeMap<>();
    host.get(VirtualNetwork.FACT).forEach(n -> networks.put(n.name(), n));
    return networks;
  }

  /** Kinds end in what the new network is to be: {@code -inactive}, {@code -autostart} or both. */
  static Problem missing(Side side, String kind, VirtualNetwork model) {
    String suffix = (model.active() ? "" : "-inactive") + (model.autostart() ? "-autostart" : "");
    return Problem.on(
        side,
        kind + (model.persistent() ? suffix : "-transient"),
        "network",
        model.name(),
        "xml",
        NetworkShape.definition(model, Optional.empty()));
  }

  private static List<Problem> differences(
      VirtualNetwork ours, VirtualNetwork theirs, boolean busyThere, List<Observed> observed) {
    List<Problem> problems = new ArrayList<>();
    String name = ours.name();
    NetworkShape wanted = new NetworkShape(ours.active() ? ours.live() : ours.definition());
    NetworkShape actual = new NetworkShape(theirs.active() ? theirs.live() : theirs.definition());
    NetworkShape next = new NetworkShape(ours.definition());
    NetworkShape nextThere = new NetworkShape(theirs.definition());
    Set<String> parts = new TreeSet<>(wanted.differingParts(actual));
    for (String part : parts) {
      observed.add(new Observed(name + ": " + part, wanted.part(part), actual.part(part)));
    }
    boolean running = !parts.isEmpty() && theirs.active();
    parts.addAll(next.differingParts(nextThere));
    if (!parts.isEmpty()) {
      problems.add(
          Problem.of(
              !running ? "differs-definition" : busyThere ? "differs-in-use" : "differs",
              "network",
              name,
              "parts",
              String.join(", ", parts),
              "xml",
              NetworkShape.definition(ours, Optional.of(theirs))));
    }
    if (ours.persistent() != theirs.persistent()) {
      problems.add(
          Problem.of(
              ours.persistent() ? "not-persistent" : "persistent",
              "network",
              name,
              "xml",
              NetworkShape.definition(ours, Optional.of(theirs))));
    }
    if (ours.active() != theirs.active()) {
      problems.add(Problem.of(ours.active() ? "inactive" : "active", "network", name));
    }
    if (ours.autostart() != theirs.autostart()) {
      problems.add(Problem.of(ours.autostart() ? "no-autostart" : "autostart", "network", name));
    }
    return problems;
  }

  private static String describe(Optional<VirtualNetwork> network) {
    return network
        .map(
            n ->
                (n.forward().isEmpty() ? "isolated" : n.forward())
                    + n.bridge().map(b -> " on " + b).orElse("")
                    + (n.active() ? ", active" : ", inactive")
                    + (n.autostart() ? ", autostart" : "")
                    + (n.persistent() ? "" : ", transient"))
        .orElse("");
  }
}
