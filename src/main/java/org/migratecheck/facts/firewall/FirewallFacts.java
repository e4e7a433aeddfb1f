package org.migratecheck.facts.firewall;

import java.util.List;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactSource;

/** Announces the facts of this package. */
public final class FirewallFacts implements FactSource {
  @Override
  public List<Fact<?>> facts() {
    return List.of(PacketFilter.FACT, BridgeFilter.FACT);
  }
}
