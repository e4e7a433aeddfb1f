package org.migratecheck.check.network;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.network.Bond;
import org.migratecheck.facts.network.Link;
import org.migratecheck.model.Observed;

/** Looks for bonds of a host that have lost a member. */
final class BondHealthEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    List<Bond> bonds = context.source(Bond.FACT);
    if (bonds.isEmpty()) {
      return Outcome.skipped("no-bond");
    }
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    for (Bond bond : bonds) {
      observed.add(new Observed(bond.name(), bond.mode() + ": " + members(bond), ""));
      if (bond.members().isEmpty()) {
        problems.add(Problem.on(Side.SOURCE, "empty", "bond", bond.name()));
      }
      for (Bond.Member member : bond.members()) {
        if (!member.up()) {
          problems.add(
              Problem.on(
                  Side.SOURCE,
                  off(context, member.name()) ? "switched-off" : "down",
                  "bond",
                  bond.name(),
                  "member",
                  member.name()));
        } else if (!member.aggregated()) {
          problems.add(
              Problem.on(Side.SOURCE, "apart", "bond", bond.name(), "member", member.name()));
        }
      }
    }
    return Outcome.of(problems, observed).with("count", Integer.toString(bonds.size()));
  }

  private static boolean off(CheckContext context, String member) {
    return context.source(Link.FACT).stream().anyMatch(l -> l.name().equals(member) && !l.up());
  }

  private static String members(Bond bond) {
    return bond.members().stream()
        .map(m -> m.name() + (m.up() ? m.aggregated() ? " up" : " apart" : " down"))
        .collect(Collectors.joining(", "));
  }
}
