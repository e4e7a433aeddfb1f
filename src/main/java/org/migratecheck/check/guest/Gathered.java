package org.migratecheck.check.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.Observed;

/**
 * What an evaluator finds about several devices. One that cannot be determined does not hide a
 * problem of another, and never lets the whole pass.
 */
final class Gathered {
  private final List<Problem> problems = new ArrayList<>();
  private final List<Observed> observed = new ArrayList<>();
  private Optional<Undetermined> undetermined = Optional.empty();

  void add(Problem problem) {
    if (!problems.contains(problem)) {
      problems.add(problem);
    }
  }

  void see(String item, String source, String destination) {
    observed.add(new Observed(item, source, destination));
  }

  /** Judges one thing; what is undetermined is remembered. */
  void attempt(Runnable judge) {
    try {
      judge.run();
    } catch (Undetermined e) {
      undetermined = undetermined.or(() -> Optional.of(e));
    }
  }

  /**
   * Returns the problems; where there are none, nothing may be undetermined.
   *
   * @throws Undetermined when no problem was found and something could not be determined
   */
  Outcome outcome() {
    if (undetermined.isPresent() && problems.stream().allMatch(Problem::advisory)) {
      throw undetermined.get();
    }
    return Outcome.of(problems, observed);
  }

  int count() {
    return observed.size();
  }
}
