package org.migratecheck.check.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.system.InstalledPackage;
import org.migratecheck.facts.system.Kernel;
import org.migratecheck.facts.system.Packages;
import org.migratecheck.model.Observed;

/**
 * Finds hosts that run something older than what they have installed: a newer kernel, an update of
 * what is only read at boot, or the package system's own request.
 */
final class RebootPendingEvaluator implements Evaluator {
  /** What {@code needs-restarting -r} of dnf-utils and yum-utils looks at. */
  private static final Set<String> CORE =
      Set.of(
          "glibc",
          "systemd",
          "udev",
          "dbus",
          "dbus-broker",
          "dbus-daemon",
          "linux-firmware",
          "microcode_ctl",
          "openssl-libs",
          "gnutls");

  @Override
  public Outcome evaluate(CheckContext context) {
    Kernel kernel = context.source(Kernel.FACT);
    Packages packages = context.source(Packages.FACT);
    List<Problem> problems = new ArrayList<>();
    String newest = kernel(kernel, packages, problems);
    List<String> updated =
        packages.installed().stream()
            .filter(p -> p.installedAt() > kernel.bootedAt() && CORE.contains(p.name()))
            .map(InstalledPackage::name)
            .distinct()
            .sorted()
            .toList();
    if (!updated.isEmpty()) {
      problems.add(Problem.on(Side.SOURCE, "core-updated", "packages", String.join(", ", updated)));
    }
    if (kernel.rebootRequired()) {
      String by = String.join(", ", kernel.rebootRequiredBy());
      problems.add(
          Problem.on(
              Side.SOURCE, "requested", "by", by.isEmpty() ? "an update" : "an update of " + by));
    }
    return Outcome.of(
            problems,
            List.of(
                new Observed("running kernel", kernel.running(), ""),
                new Observed("newest installed kernel", newest, "")))
        .with("value", kernel.running());
  }

  private static String kernel(Kernel kernel, Packages packages, List<Problem> problems) {
    KernelPackages kernels = new KernelPackages(packages);
    if (kernels.none()) {
      return "";
    }
    Optional<InstalledPackage> running = kernels.of(kernel.running());
    if (running.isEmpty()) {
      problems.add(Problem.on(Side.SOURCE, "foreign-kernel", "running", kernel.running()));
      return "";
    }
    InstalledPackage newest = kernels.newest(running.get());
    if (!newest.equals(running.get())) {
      problems.add(
          Problem.on(
              Side.SOURCE,
              "newer-kernel",
              "running",
              kernel.running(),
              "installed",
              newest.nevra()));
    }
    return newest.nevra();
  }
}
