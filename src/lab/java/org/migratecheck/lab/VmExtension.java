package org.migratecheck.lab;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Whether virtual machines can be started on this machine, and the ones that are. */
final class VmExtension implements ExecutionCondition, ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(VmExtension.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Exec missing = VmLab.missing();
    return missing.ok()
        ? ConditionEvaluationResult.enabled("virtual machines can be started here")
        : ConditionEvaluationResult.disabled(
            "Packages for virtual machines are not installed ("
                + missing.text()
                + "). Install them: src/lab/sh/install-vm.sh");
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == VmLab.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(VmLab.class, key -> VmLab.up(), VmLab.class);
  }
}
