package org.migratecheck.check.system;

import java.util.List;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.system.Kernel;
import org.migratecheck.facts.system.Packages;
import org.migratecheck.facts.system.RpmVersion;
import org.migratecheck.model.Observed;

/** Compares the running kernels; the host with the older one is to be mended. */
final class KernelEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    String source = context.source(Kernel.FACT).running();
    String destination = context.destination(Kernel.FACT).running();
    List<Observed> observed = List.of(new Observed("running kernel", source, destination));
    if (source.equals(destination)) {
      return Outcome.of(List.of(), observed).with("value", source);
    }
    Side older =
        RpmVersion.compareSegments(source, destination) < 0 ? Side.SOURCE : Side.DESTINATION;
    String wanted = older == Side.SOURCE ? destination : source;
    Packages packages = context.side(older).get(Packages.FACT);
    boolean installed = new KernelPackages(packages).of(wanted).isPresent();
    String architecture = context.side(older).get(Kernel.FACT).machine();
    Problem problem =
        Problem.on(
            older,
            installed ? "reboot" : "install",
            "where",
            context.side(older).name(),
            "than",
            context.side(older == Side.SOURCE ? Side.DESTINATION : Side.SOURCE).name(),
            "running",
            older == Side.SOURCE ? source : destination,
            "wanted",
            wanted,
            "version",
            wanted.endsWith("." + architecture)
                ? wanted.substring(0, wanted.length() - architecture.length() - 1)
                : wanted);
    return Outcome.of(List.of(problem), observed);
  }
}
