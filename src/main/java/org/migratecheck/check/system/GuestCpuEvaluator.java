package org.migratecheck.check.system;

import java.util.List;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.system.GuestFit;
import org.migratecheck.model.Observed;

/**
 * Whether the destination provides the CPU that the guest sees now.
 *
 * <p>libvirt compares a KVM guest's CPU when the destination's QEMU is started, and every guest's
 * when it has arrived. What the source's own libvirt calls missing too, although the guest runs
 * there with it, is no difference between the hosts.
 */
final class GuestCpuEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    String uuid = context.guest().uuid();
    String name = context.guest().name();
    GuestFit there = GuestFit.of(context.link(GuestFit.ON_DESTINATION), uuid, name);
    if (there.cpu().isEmpty()) {
      return Outcome.skipped("nothing-to-compare");
    }
    String model = context.guest().xml().textAt("cpu/model").orElse("");
    String said = there.cpu().get();
    List<Observed> observed = List.of(new Observed("CPU", model, said.isEmpty() ? model : said));
    if (said.isEmpty()) {
      return Outcome.of(List.of(), observed).with("model", model);
    }
    if (!there.platform().isEmpty() || said.contains("accel 'kvm' is not supported")) {
      return Outcome.skipped("no-platform");
    }
    GuestFit here = GuestFit.of(context.link(GuestFit.ON_SOURCE), uuid, name);
    Optional<String> hereSaid = here.cpu().filter(s -> !s.isEmpty());
    List<String> missing =
        there.missingFeatures().stream().filter(f -> !here.missingFeatures().contains(f)).toList();
    if (!missing.isEmpty()) {
      return Outcome.of(
          List.of(Problem.of("missing", "features", CpuEvaluator.shown(missing), "model", model)),
          observed);
    }
    if (hereSaid.isPresent()) {
      return there.missingFeatures().isEmpty()
          ? Outcome.skipped("not-comparable").with("said", said)
          : Outcome.of(List.of(), observed).with("model", model);
    }
    return Outcome.of(List.of(Problem.of("refused", "said", said, "model", model)), observed);
  }
}
