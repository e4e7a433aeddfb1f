package org.migratecheck.check.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.security.LabelOwners;
import org.migratecheck.model.Observed;

/** Looks up the users and groups that a guest's labels name, and compares their numbers. */
final class LabelOwnersEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    Set<String> named = LabelOwners.named(context.guest());
    if (named.isEmpty()) {
      return Outcome.skipped("no-name");
    }
    LabelOwners source = context.link(LabelOwners.SOURCE);
    LabelOwners destination = context.link(LabelOwners.DESTINATION);
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    for (String owner : named) {
      Optional<String> here = source.number(owner);
      Optional<String> there = destination.number(owner);
      observed.add(new Observed(owner, here.orElse(""), there.orElse("")));
      if (!here.equals(there)) {
        String[] words = owner.split(" ", 2);
        problems.add(
            Problem.of(
                there.isPresent() ? "other-number" : words[0] + "-missing",
                "kind",
                words[0],
                "name",
                words[1],
                "number",
                here.orElse("?"),
                "other",
                there.orElse("?")));
      }
    }
    return Outcome.of(problems, observed).with("owners", String.join(", ", named));
  }
}
