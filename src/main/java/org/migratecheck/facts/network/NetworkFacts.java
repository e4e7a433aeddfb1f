package org.migratecheck.facts.network;

import java.util.List;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactSource;

/** Announces the facts about networks. */
public final class NetworkFacts implements FactSource {
  @Override
  public List<Fact<?>> facts() {
    return List.of(
        Address.FACT,
        Bond.FACT,
        Bridge.FACT,
        CardPaths.FACT,
        Learnt.FACT,
        Link.FACT,
        NetworkDevices.FACT,
        NetworkFilter.FACT,
        Ovs.FACT,
        PortVlans.FACT,
        Segments.ON_DESTINATION,
        Segments.ON_SOURCE,
        VirtualNetwork.FACT);
  }
}
