package org.migratecheck.check.system;

import java.util.ArrayList;
import java.util.List;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.system.Cpu;
import org.migratecheck.model.Observed;

/**
 * A guest that was given the host's own processor needs all of it on the destination too; libvirt
 * does not compare.
 */
final class CpuPassthroughEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    String mode = context.guest().xml().attribute("cpu", "mode").orElse("");
    if (!mode.equals("host-passthrough") && !mode.equals("maximum")) {
      return Outcome.skipped("named-model");
    }
    if (!context.guest().xml().attr("type").equals("kvm")) {
      return Outcome.skipped("emulated");
    }
    Cpu source = context.source(Cpu.FACT);
    Cpu destination = context.destination(Cpu.FACT);
    if (source.flags().isEmpty() && !source.model().equals(destination.model())) {
      throw new Undetermined("/proc/cpuinfo lists no features to compare");
    }
    List<String> missing = CpuEvaluator.missing(source, destination);
    List<Problem> problems = new ArrayList<>();
    if (!missing.isEmpty()) {
      problems.add(Problem.of("missing", "features", CpuEvaluator.shown(missing), "mode", mode));
    } else if (!source.model().equals(destination.model())
        || !source.stepping().equals(destination.stepping())
        || !source.microcode().equals(destination.microcode())) {
      problems.add(
          Problem.of(
              "differs",
              "mode",
              mode,
              "source-value",
              String.join(", ", source.model(), source.stepping(), source.microcode()),
              "destination-value",
              String.join(
                  ", ", destination.model(), destination.stepping(), destination.microcode())));
    }
    return Outcome.of(
            problems,
            List.of(
                new Observed("model", source.model(), destination.model()),
                new Observed("features missing there", String.join(" ", missing), "")))
        .with("value", source.model());
  }
}
