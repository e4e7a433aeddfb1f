package org.migratecheck.check.storage;

import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.storage.QemuAccess;

/**
 * Compares libvirt's lock managers. Only sanlock hands over a state with the guest
 * (qemu_migration_cookie.c); without it libvirt refuses. virtlockd hands over none, so that a guest
 * moves to or from a host without locks, and only loses or gains its protection.
 */
final class LockManagerEvaluator implements Evaluator {

  @Override
  public Outcome evaluate(CheckContext context) {
    String here = context.source(QemuAccess.FACT).lockManager();
    String there = context.destination(QemuAccess.FACT).lockManager();
    Collector collector = new Collector();
    collector.see("lock_manager", here, there);
    if (!here.equals(there)) {
      boolean handedOver = here.equals("sanlock") || there.equals("sanlock");
      Problem problem =
          Problem.on(
              Side.DESTINATION, handedOver ? "refused" : "differs", "here", here, "there", there);
      if (handedOver) {
        collector.block(problem);
      } else {
        collector.warn(problem);
      }
    }
    return collector.outcome().with("value", here);
  }
}
