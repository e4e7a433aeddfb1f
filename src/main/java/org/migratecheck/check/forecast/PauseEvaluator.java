package org.migratecheck.check.forecast;

import java.util.List;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.guest.SendSpeed;
import org.migratecheck.model.Observed;

/**
 * Whether a longest pause that somebody once set is still there: a long one lets the guest stand
 * still for so long, a short one keeps the migration from ending. Parameters {@code least-ms} and
 * {@code most-ms}.
 */
final class PauseEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    Long pause = context.link(SendSpeed.PAUSE).get(context.guest().uuid());
    if (pause == null) {
      return Outcome.skipped("not-told");
    }
    long least = context.parameters().path("least-ms").asLong(50);
    long most = context.parameters().path("most-ms").asLong(5000);
    List<Observed> observed = List.of(new Observed("longest pause", pause + " ms", ""));
    if (pause >= least && pause <= most) {
      return Outcome.pass(observed).with("pause", Long.toString(pause));
    }
    return Outcome.of(
        List.of(
            Problem.on(
                Side.SOURCE,
                pause > most ? "long" : "short",
                "pause",
                Long.toString(pause),
                "uuid",
                context.guest().uuid())),
        observed);
  }
}
