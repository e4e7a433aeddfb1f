package org.migratecheck.check;

/**
 * An algorithm that judges facts: a pure function. One small class each; named by {@code
 * evaluator:} in a check file. It returns what it found as values; all words for people stand in
 * the check file.
 */
@FunctionalInterface
public interface Evaluator {
  /**
   * Judges one subject.
   *
   * @throws org.migratecheck.facts.Undetermined where the facts do not tell; becomes ERROR
   */
  Outcome evaluate(CheckContext context);
}
