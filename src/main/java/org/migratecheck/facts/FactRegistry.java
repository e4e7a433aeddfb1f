package org.migratecheck.facts;

import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** All facts by name, as announced by {@link FactSource}s. Immutable. */
public final class FactRegistry {
  private final SortedMap<String, Fact<?>> facts = new TreeMap<>();

  private FactRegistry() {
    for (FactSource source : ServiceLoader.load(FactSource.class)) {
      for (Fact<?> fact : source.facts()) {
        if (facts.put(fact.name(), fact) != null) {
          throw new IllegalStateException("two facts are named " + fact.name());
        }
      }
    }
  }

  /** Finds all announced facts. */
  public static FactRegistry load() {
    return new FactRegistry();
  }

  /** Returns the fact of that name. */
  public Optional<Fact<?>> find(String name) {
    return Optional.ofNullable(facts.get(name));
  }

  /** Returns all facts by name. */
  public SortedMap<String, Fact<?>> all() {
    return java.util.Collections.unmodifiableSortedMap(facts);
  }
}
