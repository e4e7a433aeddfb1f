package org.migratecheck.check.forecast;

import java.util.Map;
import java.util.function.Supplier;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.EvaluatorSource;

/** Announces the evaluators of this package. */
public final class ForecastEvaluators implements EvaluatorSource {
  @Override
  public Map<String, Supplier<Evaluator>> evaluators() {
    return Map.of(
        "guest-converges", ConvergesEvaluator::new, "guest-pause-limit", PauseEvaluator::new);
  }
}
