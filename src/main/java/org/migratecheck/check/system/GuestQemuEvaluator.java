package org.migratecheck.check.system;

import java.util.List;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.system.Libvirt;
import org.migratecheck.facts.system.RpmVersion;
import org.migratecheck.facts.system.RunningQemu;
import org.migratecheck.model.Observed;

/**
 * The QEMU that a guest runs, which may be older than the one installed since, must not be newer
 * than the destination's.
 */
final class GuestQemuEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    String name = context.guest().name();
    RunningQemu process =
        context.source(RunningQemu.FACT).stream()
            .filter(q -> q.guest().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new Undetermined(
                        context.source().name() + ": no QEMU process of " + name + " was found"));
    String running = process.version();
    if (running.isEmpty() && !process.replaced()) {
      // Without a log: what runs is what is installed, for its file was not replaced.
      running = context.source(Libvirt.FACT).qemu();
    }
    if (running.isEmpty()) {
      throw new Undetermined(
          context.source().name()
              + ": the log of "
              + name
              + " does not tell which QEMU it runs, and that QEMU was replaced since");
    }
    String destination = context.destination(Libvirt.FACT).qemu();
    List<Problem> problems =
        RpmVersion.compareSegments(running, destination) > 0
            ? List.of(Problem.of("newer", "running", running, "destination-value", destination))
            : List.of();
    return Outcome.of(problems, List.of(new Observed("QEMU", running, destination)))
        .with("running", running)
        .with("destination-value", destination);
  }
}
