package org.migratecheck.check.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Guests;
import org.migratecheck.facts.network.Link;
import org.migratecheck.facts.network.Nic;
import org.migratecheck.model.Observed;

/** Looks for the MAC addresses of a guest on other guests, and on the destination itself. */
final class MacUniqueEvaluator implements Evaluator {
  private static final Set<String> OF_GUESTS = Set.of("tap", "macvtap", "ipvtap");

  @Override
  public Outcome evaluate(CheckContext context) {
    Set<String> macs =
        Nic.of(context.guest()).stream()
            .map(Nic::mac)
            .filter(m -> !m.isEmpty())
            .collect(Collectors.toCollection(java.util.TreeSet::new));
    if (macs.isEmpty()) {
      return Outcome.skipped("no-card");
    }
    List<Problem> problems = new ArrayList<>();
    for (Guest other : context.destination(Guests.FACT)) {
      if (other.uuid().equals(context.guest().uuid())) {
        continue;
      }
      for (Nic nic : Nic.of(other)) {
        if (macs.contains(nic.mac())) {
          problems.add(
              Problem.of(
                  other.active() ? "running" : "defined", "mac", nic.mac(), "other", other.name()));
        }
      }
    }
    for (Link link : context.destination(Link.FACT)) {
      if (!OF_GUESTS.contains(link.kind()) && macs.contains(link.mac())) {
        problems.add(Problem.of("host", "mac", link.mac(), "link", link.name()));
      }
    }
    return Outcome.of(
            problems, macs.stream().map(m -> new Observed(m, context.guest().name(), "")).toList())
        .with("count", Integer.toString(macs.size()));
  }
}
