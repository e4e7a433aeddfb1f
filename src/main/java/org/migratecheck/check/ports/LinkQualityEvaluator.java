package org.migratecheck.check.ports;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.ports.LinkQuality;
import org.migratecheck.model.Observed;

/** Judges lost packets and the round trip; where no ping is answered, nothing is known. */
final class LinkQualityEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    Optional<LinkQuality> measured = context.link(LinkQuality.FACT);
    if (measured.isEmpty() || measured.get().sent() == 0) {
      return Outcome.skipped("not-measured");
    }
    LinkQuality quality = measured.get();
    if (quality.received() == 0) {
      return Outcome.skipped("no-answer");
    }
    int lost = Math.max(0, quality.sent() - quality.received());
    double millis = quality.meanMillis().orElse(0);
    String[] values = {
      "sent", Integer.toString(quality.sent()),
      "received", Integer.toString(quality.received()),
      "lost", Integer.toString(lost),
      "rtt", String.format(Locale.ROOT, "%.1f", millis)
    };
    List<Problem> problems = new ArrayList<>();
    if (lost * 100 >= quality.sent() * context.parameters().path("lost-percent").asInt(5)) {
      problems.add(Problem.of("lost", values));
    }
    if (millis > context.parameters().path("round-trip-ms").asInt(50)) {
      problems.add(Problem.of("slow", values));
    }
    Outcome outcome =
        Outcome.of(
            problems, List.of(new Observed("pings answered", "", values[3] + " of " + values[1])));
    return outcome.with("sent", values[1]).with("received", values[3]).with("rtt", values[7]);
  }
}
