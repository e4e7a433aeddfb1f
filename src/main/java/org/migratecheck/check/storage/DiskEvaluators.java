package org.migratecheck.check.storage;

import java.util.Map;
import java.util.function.Supplier;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.EvaluatorSource;

/** Announces the evaluators about disks: chains, caches, locks, who else uses them. */
public final class DiskEvaluators implements EvaluatorSource {
  @Override
  public Map<String, Supplier<Evaluator>> evaluators() {
    return Map.ofEntries(
        Map.entry("disk-chain", ChainEvaluator::new),
        Map.entry("disk-cache", CacheEvaluator::new),
        Map.entry("disk-locked", LockedEvaluator::new),
        Map.entry("disk-held", HeldEvaluator::new),
        Map.entry("disk-opens", OpensEvaluator::new),
        Map.entry("disk-space", SpaceEvaluator::new),
        Map.entry("storage-volumes", VolumesEvaluator::new),
        Map.entry("storage-drbd", DrbdEvaluator::new),
        Map.entry("lock-daemon", LockDaemonEvaluator::new),
        Map.entry("lock-manager-equal", LockManagerEvaluator::new),
        Map.entry("qemu-block-drivers", BlockDriversEvaluator::new));
  }
}
