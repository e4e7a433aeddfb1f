package org.migratecheck.lab;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Whether the lab can be built on this machine; looked at once. */
final class LabCondition implements ExecutionCondition {
  private static final class Holder {
    static final Optional<String> OBSTACLE = obstacle();
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return Holder.OBSTACLE
        .map(ConditionEvaluationResult::disabled)
        .orElseGet(() -> ConditionEvaluationResult.enabled("the lab can be built here"));
  }

  private static Optional<String> obstacle() {
    if (!System.getProperty("os.name").equals("Linux")) {
      return Optional.of("The lab needs Linux");
    }
    Duration soon = Duration.ofSeconds(10);
    if (!Exec.run(soon, List.of("id", "-u")).out().strip().equals("0")) {
      return Optional.of("The lab needs root, for namespaces and mounts");
    }
    Exec namespaces =
        Exec.run(soon, List.of("unshare", "--mount", "--net", "--pid", "--fork", "true"));
    if (!namespaces.ok()) {
      return Optional.of("The lab needs namespaces: " + namespaces.text());
    }
    Exec missing = Lab.missing();
    if (!missing.ok()) {
      return Optional.of(
          "Lab packages are not installed ("
              + missing.text()
              + "). Install them: src/lab/sh/install.sh");
    }
    return Optional.empty();
  }
}
