package org.migratecheck.check;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Guests;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.Observed;

/** The evaluators about the run itself: was every host read, is every guest known. */
public final class CoreEvaluators implements EvaluatorSource {
  @Override
  public Map<String, Supplier<Evaluator>> evaluators() {
    return Map.of(
        "host-reachable", () -> CoreEvaluators::hostReachable,
        "guest-known", () -> CoreEvaluators::guestKnown,
        "guests-present", () -> CoreEvaluators::guestsPresent);
  }

  private static Outcome hostReachable(CheckContext context) {
    context
        .source()
        .evidence()
        .failure()
        .ifPresent(
            failure -> {
              throw new Undetermined(failure.message(), failure.advice());
            });
    return Outcome.pass(List.of())
        .with("user", context.source().evidence().identity().user())
        .with("address", context.source().evidence().identity().address());
  }

  /** An unknown guest never gets here: {@link Judge} writes its finding. */
  private static Outcome guestKnown(CheckContext context) {
    Guest guest = context.guest();
    return Outcome.pass(List.of(new Observed("uuid", guest.uuid(), ""))).with("uuid", guest.uuid());
  }

  private static Outcome guestsPresent(CheckContext context) {
    List<Guest> active = context.source(Guests.FACT).stream().filter(Guest::active).toList();
    List<Problem> problems =
        active.isEmpty() ? List.of(Problem.on(Side.SOURCE, "none")) : List.of();
    return Outcome.of(
            problems, active.stream().map(g -> new Observed(g.name(), g.state(), "")).toList())
        .with("count", Integer.toString(active.size()));
  }
}
