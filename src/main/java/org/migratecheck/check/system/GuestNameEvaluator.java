package org.migratecheck.check.system;

import java.util.ArrayList;
import java.util.List;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Guests;
import org.migratecheck.model.Observed;

/**
 * Whether the destination has another guest of the same name, or the same guest under another name
 * or running already. The same guest defined and shut off there is no obstacle.
 */
final class GuestNameEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    Guest guest = context.guest();
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    String present = "not defined there";
    for (Guest other : context.destination(Guests.FACT)) {
      boolean sameUuid = other.uuid().equals(guest.uuid());
      boolean sameName = other.name().equals(guest.name());
      if (!sameUuid && !sameName) {
        continue;
      }
      observed.add(new Observed(other.name(), guest.uuid(), other.uuid() + ", " + other.state()));
      if (sameUuid && other.active()) {
        problems.add(problem("already-running", guest, other));
      } else if (sameUuid && !sameName) {
        problems.add(problem("uuid-taken", guest, other));
      } else if (!sameUuid) {
        problems.add(problem(other.active() ? "name-running" : "name-taken", guest, other));
      } else {
        present = "defined there and shut off";
      }
    }
    return Outcome.of(problems, observed).with("present", present);
  }

  private static Problem problem(String kind, Guest guest, Guest other) {
    return Problem.of(
        kind,
        "uuid",
        guest.uuid(),
        "other-name",
        other.name(),
        "other-uuid",
        other.uuid(),
        "state",
        other.state(),
        "free-name",
        guest.name() + "-" + other.uuid().substring(0, 8));
  }
}
