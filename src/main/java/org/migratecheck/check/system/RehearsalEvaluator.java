package org.migratecheck.check.system;

import java.util.List;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.system.GuestFit;
import org.migratecheck.model.Observed;

/**
 * Whether the destination's libvirt can turn the guest's XML into a QEMU command line, which it
 * does first of all when the guest arrives.
 */
final class RehearsalEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    String uuid = context.guest().uuid();
    String name = context.guest().name();
    GuestFit there = GuestFit.of(context.link(GuestFit.ON_DESTINATION), uuid, name);
    if (there.rehearsal().isEmpty()) {
      return Outcome.pass(List.of());
    }
    if (!there.platform().isEmpty()) {
      return Outcome.skipped("no-platform");
    }
    GuestFit here = GuestFit.of(context.link(GuestFit.ON_SOURCE), uuid, name);
    return Outcome.of(
        List.of(
            Problem.of(
                here.rehearsal().isEmpty() ? "refused" : "refused-on-both",
                "said",
                there.rehearsal())),
        List.of(new Observed("libvirt says", here.rehearsal(), there.rehearsal())));
  }
}
