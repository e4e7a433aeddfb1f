package org.migratecheck.lab;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Keeps the labs up for all test classes of a run, and takes them down after the last one. */
final class LabExtension implements ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(LabExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Lab.class || type == Labs.class || type == LabReport.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var store = context.getRoot().getStore(NAMESPACE);
    Class<?> type = parameter.getParameter().getType();
    if (type == LabReport.class) {
      return store.getOrComputeIfAbsent(LabReport.class, key -> new LabReport(), LabReport.class);
    }
    Labs labs = store.getOrComputeIfAbsent(Labs.class, key -> new Labs(), Labs.class);
    return type == Labs.class ? labs : labs.first();
  }
}
