package org.migratecheck.check.storage;

import java.util.Set;
import java.util.TreeSet;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.storage.Iscsi;

/**
 * Finds two hosts that call themselves the same iSCSI initiator, as cloned hosts do. What counts is
 * the name that their sessions logged in by (RFC 7143, 6.3.5: a login by the same name reinstates
 * the session, which ends the other host's); the file only tells the name of the next login.
 */
final class IscsiInitiatorEvaluator implements Evaluator {

  @Override
  public Outcome evaluate(CheckContext context) {
    Iscsi here = context.source(Iscsi.FACT);
    Iscsi there = context.destination(Iscsi.FACT);
    if (here.names().isEmpty() || there.names().isEmpty()) {
      return Outcome.skipped("no-initiator");
    }
    Collector collector = new Collector();
    collector.see("initiator name", shown(here), shown(there));
    Set<String> now = common(here.namesInUse(), there.namesInUse());
    Set<String> next = common(here.names(), there.names());
    if (!now.isEmpty() && here.sessions().isEmpty() && there.sessions().isEmpty()) {
      collector.warn(problem("same-unused", now));
    } else if (!now.isEmpty()) {
      collector.block(problem("same", now));
    } else if (!next.isEmpty()) {
      collector.warn(problem("same-next", next));
    }
    return collector.outcome();
  }

  private static Set<String> common(Set<String> here, Set<String> there) {
    Set<String> both = new TreeSet<>(here);
    both.retainAll(there);
    return both;
  }

  private static Problem problem(String kind, Set<String> names) {
    return Problem.on(Side.DESTINATION, kind, "initiator", String.join(", ", names));
  }

  private static String shown(Iscsi host) {
    return String.join(", ", host.namesInUse());
  }
}
