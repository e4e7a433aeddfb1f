package org.migratecheck.facts;

import java.util.List;

/** Announces facts; found through {@link java.util.ServiceLoader}, so that a jar can add more. */
public interface FactSource {
  /** Returns the facts of this source. */
  List<Fact<?>> facts();
}
