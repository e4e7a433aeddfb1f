package org.migratecheck.check.system;

import java.util.List;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.system.Identity;
import org.migratecheck.model.Observed;

/** Two hosts with the same machine id were cloned from one image. */
final class MachineIdEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    String source = context.source(Identity.FACT).machineId();
    String destination = context.destination(Identity.FACT).machineId();
    return Outcome.of(
        source.equals(destination) ? List.of(Problem.of("same", "value", source)) : List.of(),
        List.of(new Observed("machine id", source, destination)));
  }
}
