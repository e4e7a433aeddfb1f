package org.migratecheck.check.host;

import java.util.List;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.host.LogDaemon;
import org.migratecheck.facts.system.Libvirt;
import org.migratecheck.facts.system.RpmVersion;
import org.migratecheck.model.Observed;

/**
 * Judges whether the destination's virtlogd answers. libvirt asks it for the log of each QEMU that
 * it starts, also for one that is to take a guest over; the source is not asked for anything.
 */
final class LogDaemonEvaluator implements Evaluator {
  /** The first libvirt that has virtlogd. */
  private static final String FIRST = "1.3.0";

  @Override
  public Outcome evaluate(CheckContext context) {
    LogDaemon there = context.destination(LogDaemon.FACT);
    if (!there.used()) {
      return Outcome.skipped("not-used");
    }
    List<Observed> observed =
        List.of(new Observed("virtlogd's socket", "", there.listens() ? "listened on" : "silent"));
    if (there.listens()) {
      return Outcome.of(List.of(), observed);
    }
    String version = context.destination(Libvirt.FACT).daemon();
    return RpmVersion.compareSegments(version, FIRST) < 0
        ? Outcome.skipped("older").with("version", version)
        : Outcome.of(List.of(Problem.of("not-running")), observed);
  }
}
