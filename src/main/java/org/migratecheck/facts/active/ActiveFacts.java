package org.migratecheck.facts.active;

import java.util.List;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactSource;

/** Announces the facts of this package. */
public final class ActiveFacts implements FactSource {
  @Override
  public List<Fact<?>> facts() {
    return List.of(GuestBlockers.FACT, BeginRehearsal.FACT, Nonces.WRITTEN, Nonces.SEEN);
  }
}
