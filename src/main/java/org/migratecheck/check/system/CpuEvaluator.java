package org.migratecheck.check.system;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.system.Cpu;
import org.migratecheck.model.Observed;

/** Compares the processors: model, features, microcode. */
final class CpuEvaluator implements Evaluator {
  private static final int SHOWN = 12;

  @Override
  public Outcome evaluate(CheckContext context) {
    Cpu source = context.source(Cpu.FACT);
    Cpu destination = context.destination(Cpu.FACT);
    List<Problem> problems = new ArrayList<>();
    if (!source.model().equals(destination.model())
        || !source.stepping().equals(destination.stepping())) {
      problems.add(
          Problem.of(
              "model", "source-value", text(source), "destination-value", text(destination)));
    }
    List<String> missing = missing(source, destination);
    List<String> extra = missing(destination, source);
    if (!missing.isEmpty()) {
      problems.add(Problem.of("missing", "features", shown(missing)));
    }
    if (!extra.isEmpty()) {
      problems.add(Problem.on(Side.SOURCE, "extra", "features", shown(extra)));
    }
    if (!source.microcode().equals(destination.microcode())) {
      problems.add(
          Problem.of(
              "microcode",
              "source-value",
              microcode(source),
              "destination-value",
              microcode(destination)));
    }
    return Outcome.of(
            problems,
            List.of(
                new Observed("model", source.model(), destination.model()),
                new Observed("family/model/stepping", source.stepping(), destination.stepping()),
                new Observed("microcode", source.microcode(), destination.microcode()),
                new Observed(
                    "features on one side only",
                    String.join(" ", missing),
                    String.join(" ", extra))))
        .with("value", source.model());
  }

  /** Returns the features of {@code here} that {@code there} lacks, sorted. */
  static List<String> missing(Cpu here, Cpu there) {
    TreeSet<String> missing = new TreeSet<>(here.flags());
    there.flags().forEach(missing::remove);
    return List.copyOf(missing);
  }

  /** Returns the first features and how many more there are. */
  static String shown(List<String> features) {
    String first = String.join(", ", features.subList(0, Math.min(SHOWN, features.size())));
    return features.size() > SHOWN ? first + " and " + (features.size() - SHOWN) + " more" : first;
  }

  private static String microcode(Cpu cpu) {
    return cpu.microcode().isEmpty() ? "unknown" : cpu.microcode();
  }

  private static String text(Cpu cpu) {
    return cpu.stepping().isEmpty() ? cpu.model() : cpu.model() + " (" + cpu.stepping() + ")";
  }
}
