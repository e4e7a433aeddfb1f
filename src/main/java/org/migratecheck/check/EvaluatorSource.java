package org.migratecheck.check;

import java.util.Map;
import java.util.function.Supplier;

/** Announces evaluators; found through {@link java.util.ServiceLoader}, so a jar can add more. */
public interface EvaluatorSource {
  /** Returns the evaluators by the name that check files use. */
  Map<String, Supplier<Evaluator>> evaluators();
}
