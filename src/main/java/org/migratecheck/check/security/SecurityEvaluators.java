package org.migratecheck.check.security;

import java.util.Map;
import java.util.function.Supplier;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.EvaluatorSource;

/** Announces the evaluators about confinement. */
public final class SecurityEvaluators implements EvaluatorSource {
  @Override
  public Map<String, Supplier<Evaluator>> evaluators() {
    return Map.of(
        "security-model", ModelEvaluator::new,
        "label-owners", LabelOwnersEvaluator::new,
        "selinux-mode", SelinuxModeEvaluator::new,
        "selinux-labels", LabelsEvaluator::new,
        "apparmor-files", AppArmorEvaluator::new,
        "crypto-policy", CryptoEvaluator::new,
        "qemu-conf", QemuConfEvaluator::new,
        "cgroup-devices", CgroupDevicesEvaluator::new);
  }
}
