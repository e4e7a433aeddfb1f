package org.migratecheck.check.storage;

import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.storage.Iscsi;

/** Finds two hosts that call themselves the same iSCSI initiator, as cloned hosts do. */
final class IscsiInitiatorEvaluator implements Evaluator {

  @Override
  public Outcome evaluate(CheckContext context) {
    Iscsi here = context.source(Iscsi.FACT);
    Iscsi there = context.destination(Iscsi.FACT);
    if (here.initiator().isEmpty() || there.initiator().isEmpty()) {
      return Outcome.skipped("no-initiator");
    }
    Collector collector = new Collector();
    collector.see("initiator name", here.initiator(), there.initiator());
    if (here.initiator().equals(there.initiator())) {
      Problem problem =
          Problem.on(
              Side.DESTINATION,
              here.sessions().isEmpty() && there.sessions().isEmpty() ? "same-unused" : "same",
              "initiator",
              here.initiator());
      if (problem.kind().equals("same")) {
        collector.block(problem);
      } else {
        collector.warn(problem);
      }
    }
    return collector.outcome();
  }
}
