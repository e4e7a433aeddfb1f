package org.migratecheck.check.host;

import java.util.List;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.host.LogDaemon;
import org.migratecheck.model.Observed;

/**
 * Judges whether the destination's virtlogd answers. libvirt asks it for the log of each QEMU that
 * it starts, also for one that is to take a guest over; the source is not asked for anything.
 */
final class LogDaemonEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    LogDaemon there = context.destination(LogDaemon.FACT);
    if (!there.used()) {
      return Outcome.skipped("not-used");
    }
    Observed observed =
        new Observed("virtlogd's socket", "", there.listens() ? "listened on" : "silent");
    return Outcome.of(
        there.listens()
            ? List.of()
            : List.of(Problem.of("not-running")),
        List.of(observed));
  }
}
