package org.migratecheck.lab;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Whether user-mode Linux hosts can be started on this machine, and the ones that are. */
final class UmlExtension implements ExecutionCondition, ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(UmlExtension.class);

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Exec missing = UmlLab.missing();
    return missing.ok()
        ? ConditionEvaluationResult.enabled("user-mode Linux hosts can be started here")
        : ConditionEvaluationResult.disabled(
            "Packages for user-mode Linux hosts are not installed ("
                + missing.text()
                + "). Install them: src/lab/sh/install-uml.sh");
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == UmlLab.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(UmlLab.class, key -> UmlLab.up(), UmlLab.class);
  }
}
