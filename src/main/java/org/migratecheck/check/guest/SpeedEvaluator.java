package org.migratecheck.check.guest;

import java.util.List;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.guest.SendSpeed;
import org.migratecheck.model.Observed;

/**
 * Whether a limit that somebody once set keeps the guest from being sent in a bearable time.
 * Parameter {@code seconds}: how long sending its whole memory once may take.
 */
final class SpeedEvaluator implements Evaluator {
  private static final long KIB_PER_MIB = 1024;

  @Override
  public Outcome evaluate(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    Long speed = context.link(SendSpeed.FACT).get(context.guest().uuid());
    if (speed == null) {
      throw new Undetermined("the migration speed of " + context.guest().name() + " is not known");
    }
    long memory = memory(context.guest().xml());
    long seconds = speed == 0 ? 0 : memory / KIB_PER_MIB / speed;
    boolean slow = speed > 0 && seconds > context.parameters().path("seconds").asLong(60);
    return Outcome.of(
        slow
            ? List.of(
                Problem.on(
                    Side.SOURCE,
                    "limited",
                    "speed",
                    Long.toString(speed),
                    "seconds",
                    Long.toString(seconds),
                    "uuid",
                    context.guest().uuid()))
            : List.of(),
        List.of(new Observed("limit", speed + " MiB/s", "")));
  }

  /** Running guests have their memory in KiB. */
  private static long memory(Xml xml) {
    String text = xml.textAt("currentMemory").or(() -> xml.textAt("memory")).orElse("0");
    return text.matches("[0-9]{1,15}") ? Long.parseLong(text) : 0;
  }
}
