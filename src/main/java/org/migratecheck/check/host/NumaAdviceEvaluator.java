package org.migratecheck.check.host;

import java.util.List;
import java.util.stream.Stream;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.Tools;
import org.migratecheck.facts.Xml;

/** Whether numad is there for a guest that libvirt places by its advice. */
final class NumaAdviceEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    Xml xml = context.guest().xml();
    boolean asked =
        Stream.of("vcpu", "numatune/memory")
            .flatMap(place -> xml.first(place).stream())
            .anyMatch(element -> element.attr("placement").equals("auto"));
    if (!asked) {
      return Outcome.skipped("not-asked");
    }
    return Outcome.of(
        context.destination(Tools.FACT).contains("numad")
            ? List.of()
            : List.of(Problem.of("missing")),
        List.of());
  }
}
