package org.migratecheck.check.security;

import java.util.ArrayList;
import java.util.List;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.security.Confinement;
import org.migratecheck.model.Observed;

/** Compares the mode and the policy of SELinux. */
final class SelinuxModeEvaluator implements Evaluator {

  @Override
  public Outcome evaluate(CheckContext context) {
    Confinement here = context.source(Confinement.FACT);
    Confinement there = context.destination(Confinement.FACT);
    if (here.selinux().equals("disabled") && there.selinux().equals("disabled")) {
      return Outcome.skipped("disabled");
    }
    List<Problem> problems = new ArrayList<>();
    if (!here.selinux().equals(there.selinux())) {
      problems.add(Problem.of("mode", "here", here.selinux(), "there", there.selinux()));
    } else if (!here.selinuxPolicy().equals(there.selinuxPolicy())) {
      problems.add(
          Problem.of(
              "policy",
              "here",
              here.selinuxPolicy().orElse("not known"),
              "there",
              there.selinuxPolicy().orElse("not known")));
    }
    return Outcome.of(problems, List.of(new Observed("SELinux", here.selinux(), there.selinux())))
        .with("mode", here.selinux());
  }
}
