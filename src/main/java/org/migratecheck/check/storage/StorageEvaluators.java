package org.migratecheck.check.storage;

import java.util.Map;
import java.util.function.Supplier;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.EvaluatorSource;

/** Announces the evaluators about storage. */
public final class StorageEvaluators implements EvaluatorSource {
  @Override
  public Map<String, Supplier<Evaluator>> evaluators() {
    return Map.ofEntries(
        Map.entry("disk-on-shared-storage", SharedStorageEvaluator::new),
        Map.entry("shared-path-exists", PathExistsEvaluator::new),
        Map.entry("same-storage", SameStorageEvaluator::new),
        Map.entry("storage-answers", AnswersEvaluator::new),
        Map.entry("storage-nfs", NfsEvaluator::new),
        Map.entry("storage-iscsi", IscsiEvaluator::new),
        Map.entry("storage-fc", FibreChannelEvaluator::new),
        Map.entry("storage-gfs2", Gfs2Evaluator::new),
        Map.entry("storage-network-disks", NetworkDiskEvaluator::new),
        Map.entry("storage-mount-options", MountOptionsEvaluator::new),
        Map.entry("storage-mounts", SharedMountsEvaluator::new),
        Map.entry("storage-pools", PoolsEvaluator::new),
        Map.entry("storage-lvm", LvmEvaluator::new),
        Map.entry("storage-selinux", SelinuxEvaluator::new),
        Map.entry("block-devices-equal", BlockDeviceEvaluator::new),
        Map.entry("multipath-paths", MultipathEvaluator::new),
        Map.entry("fc-ports", FcPortsEvaluator::new),
        Map.entry("iscsi-initiator-unique", IscsiInitiatorEvaluator::new),
        Map.entry("disk-access", AccessEvaluator::new),
        Map.entry("disk-secrets", SecretsEvaluator::new),
        Map.entry("disk-migratable", DiskKindEvaluator::new),
        Map.entry("disk-in-use", DiskInUseEvaluator::new));
  }
}
