package org.migratecheck.check.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.security.QemuConf;

/** Judges the destination's list of devices that QEMU may open besides those of its guest. */
final class CgroupDevicesEvaluator implements Evaluator {
  /** What QEMU itself opens (qemu_cgroup.c, defaultDeviceACL). */
  private static final List<String> NEEDED =
      List.of("/dev/null", "/dev/full", "/dev/zero", "/dev/random", "/dev/urandom", "/dev/ptmx");

  private static final String KVM = "/dev/kvm";

  @Override
  public Outcome evaluate(CheckContext context) {
    QemuConf conf = context.destination(QemuConf.FACT);
    Optional<List<String>> allowed = conf.list("cgroup_device_acl");
    if (allowed.isEmpty()) {
      return Outcome.skipped("default");
    }
    boolean enforced = conf.list("cgroup_controllers").map(c -> c.contains("devices")).orElse(true);
    if (!enforced) {
      return Outcome.skipped("off");
    }
    List<Problem> problems = new ArrayList<>();
    if (context.guest().xml().attr("type").equals("kvm") && !allowed.get().contains(KVM)) {
      problems.add(Problem.of("missing", "device", KVM));
    }
    for (String device : NEEDED) {
      if (!allowed.get().contains(device)) {
        problems.add(Problem.of("missing", "device", device).asWarning());
      }
    }
    return Outcome.of(problems, List.of());
  }
}
