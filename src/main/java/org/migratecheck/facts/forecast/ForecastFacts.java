package org.migratecheck.facts.forecast;

import java.util.List;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactSource;

/** Announces the facts of this package. */
public final class ForecastFacts implements FactSource {
  @Override
  public List<Fact<?>> facts() {
    return List.of(MemoryPace.FACT, LinkTraffic.FACT, LinkBandwidth.FACT);
  }
}
