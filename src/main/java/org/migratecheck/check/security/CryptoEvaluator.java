package org.migratecheck.check.security;

import java.util.ArrayList;
import java.util.List;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.security.Confinement;
import org.migratecheck.model.Observed;

/** Compares the systems' cryptographic policies and FIPS mode. */
final class CryptoEvaluator implements Evaluator {

  @Override
  public Outcome evaluate(CheckContext context) {
    Confinement here = context.source(Confinement.FACT);
    Confinement there = context.destination(Confinement.FACT);
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    observed.add(new Observed("FIPS mode", onOff(here.fips()), onOff(there.fips())));
    if (here.fips() != there.fips()) {
      problems.add(Problem.of("fips", "here", onOff(here.fips()), "there", onOff(there.fips())));
    }
    String first = here.cryptoPolicy().orElse("");
    String second = there.cryptoPolicy().orElse("");
    if (!first.isEmpty() && !second.isEmpty()) {
      observed.add(new Observed("cryptographic policy", first, second));
      if (!first.equals(second)) {
        problems.add(Problem.of("policy", "here", first, "there", second));
      }
    }
    return Outcome.of(problems, observed);
  }

  private static String onOff(boolean on) {
    return on ? "on" : "off";
  }
}
