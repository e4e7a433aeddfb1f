package org.migratecheck.lab;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Keeps one lab up for all test classes of a run, and takes it down after the last one. */
final class LabExtension implements ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(LabExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Lab.class || type == LabReport.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var store = context.getRoot().getStore(NAMESPACE);
    if (parameter.getParameter().getType() == LabReport.class) {
      return store.getOrComputeIfAbsent(LabReport.class, key -> new LabReport(), LabReport.class);
    }
    return store.getOrComputeIfAbsent(Lab.class, key -> Lab.up(Lab.A, Lab.B), Lab.class);
  }
}
