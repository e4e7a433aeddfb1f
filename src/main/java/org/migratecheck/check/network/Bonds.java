package org.migratecheck.check.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.network.Bond;

/** Compares what is below uplinks: bonds of the same mode and size, or at least a bond. */
final class Bonds {
  private final Map<String, Bond> source;
  private final Map<String, Bond> destination;

  Bonds(CheckContext context) {
    source = byName(context.source());
    destination = byName(context.destination());
  }

  private static Map<String, Bond> byName(HostFacts host) {
    Map<String, Bond> bonds = new TreeMap<>();
    host.get(Bond.FACT).forEach(b -> bonds.put(b.name(), b));
    return bonds;
  }

  /** Returns how the bonds differ; each of these only warns by the words of its kind. */
  List<Problem> compare(String bridge, List<Uplink> ours, List<Uplink> theirs) {
    Optional<Bond> here = first(source, ours);
    Optional<Bond> there = first(destination, theirs);
    List<Problem> problems = new ArrayList<>();
    if (ours.stream().anyMatch(Bonds::redundant) && theirs.stream().noneMatch(Bonds::redundant)) {
      problems.add(Problem.of("no-bond", "bridge", bridge, "uplink", theirs.get(0).base().name()));
    }
    if (here.isEmpty() || there.isEmpty()) {
      return problems;
    }
    Bond a = here.get();
    Bond b = there.get();
    if (!a.mode().equals(b.mode())) {
      problems.add(differs("bond-mode", bridge, b, "mode", a.mode(), b.mode()));
    }
    a.settings()
        .forEach(
            (setting, value) -> {
              String other = b.settings().get(setting);
              if (other != null && !other.equals(value) && a.mode().equals(b.mode())) {
                problems.add(differs("bond-setting", bridge, b, setting, value, other));
              }
            });
    if (a.members().size() != b.members().size()) {
      problems.add(
          differs(
              "bond-members",
              bridge,
              b,
              "members",
              Integer.toString(a.members().size()),
              Integer.toString(b.members().size())));
    }
    return problems;
  }

  private static Optional<Bond> first(Map<String, Bond> bonds, List<Uplink> uplinks) {
    return uplinks.stream()
        .flatMap(u -> Optional.ofNullable(bonds.get(u.base().name())).stream())
        .findFirst();
  }

  private static boolean redundant(Uplink uplink) {
    return uplink.base().kind().equals("bond") || uplink.base().kind().equals("team");
  }

  private static Problem differs(
      String kind, String bridge, Bond bond, String setting, String wanted, String actual) {
    return Problem.of(
        kind,
        "bridge",
        bridge,
        "bond",
        bond.name(),
        "setting",
        setting,
        "source-value",
        wanted,
        "destination-value",
        actual);
  }
}
