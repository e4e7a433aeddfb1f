package org.migratecheck.facts;

import java.util.HashMap;
import java.util.Map;

/** Parses facts on demand and remembers the result or the failure. Not thread-safe. */
final class FactView {
  private final Map<String, Object> known = new HashMap<>();

  @SuppressWarnings("unchecked")
  <T> T get(Fact<T> fact, Outputs outputs) {
    Object result = known.get(fact.name());
    if (result == null) {
      result = parse(fact, outputs);
      known.put(fact.name(), result);
    }
    if (result instanceof Undetermined failure) {
      throw failure;
    }
    return (T) result;
  }

  /** A parser bug or a hostile output must not end the run: it makes this one fact undetermined. */
  private static Object parse(Fact<?> fact, Outputs outputs) {
    try {
      return fact.parser().apply(outputs);
    } catch (Undetermined e) {
      return e;
    } catch (RuntimeException e) {
      return new Undetermined(
          outputs.host()
              + ": could not read the output for '"
              + fact.name()
              + "' ("
              + e.getClass().getSimpleName()
              + ")");
    }
  }
}
