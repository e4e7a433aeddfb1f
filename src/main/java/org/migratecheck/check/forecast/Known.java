package org.migratecheck.check.forecast;

import java.util.Optional;
import java.util.function.Supplier;
import org.migratecheck.facts.Undetermined;

/** A forecast can do without some facts. */
final class Known {
  private Known() {}

  /** Returns what {@code fact} tells; empty where it does not. */
  static <T> Optional<T> of(Supplier<T> fact) {
    try {
      return Optional.of(fact.get());
    } catch (Undetermined e) {
      return Optional.empty();
    }
  }
}
