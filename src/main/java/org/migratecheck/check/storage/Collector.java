package org.migratecheck.check.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.Observed;

/**
 * Gathers what an evaluator finds about several things. One thing that cannot be determined does
 * not hide a problem that was found with another, and never lets the whole pass.
 */
final class Collector {
  private final List<Problem> blocking = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();
  private final List<Observed> observed = new ArrayList<>();
  private Optional<Undetermined> undetermined = Optional.empty();

  /** Adds a problem that blocks. */
  void block(Problem problem) {
    blocking.add(problem);
  }

  /** Adds a problem that only warns. */
  void warn(Problem problem) {
    warnings.add(problem.asWarning());
  }

  void see(String item, String source, String destination) {
    observed.add(new Observed(item, source, destination));
  }

  /** Judges each of {@code items}; what is undetermined is remembered. */
  <T> void each(Iterable<T> items, Consumer<T> judge) {
    for (T item : items) {
      attempt(() -> judge.accept(item));
    }
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
   * Returns the outcome: problems that block; else, where anything was undetermined, nothing.
   *
   * @throws Undetermined when nothing blocks and something could not be determined
   */
  Outcome outcome() {
    if (blocking.isEmpty() && undetermined.isPresent()) {
      throw undetermined.get();
    }
    List<Problem> all = new ArrayList<>(blocking);
    all.addAll(warnings);
    return Outcome.of(all, observed);
  }
}
