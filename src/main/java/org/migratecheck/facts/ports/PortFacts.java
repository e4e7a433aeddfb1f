package org.migratecheck.facts.ports;

import java.util.List;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactSource;

/** Announces the facts of this package. */
public final class PortFacts implements FactSource {
  @Override
  public List<Fact<?>> facts() {
    return List.of(
        MigrationConfig.FACT,
        MigrationTls.FACT,
        HostNames.FACT,
        HostAddress.FACT,
        SshServer.FACT,
        ListeningPorts.FACT,
        NameResolution.FACT,
        Routes.TO_DESTINATION,
        Routes.TO_SOURCE,
        Echoes.FACT,
        PortAttempts.FACT,
        Listener.FACT,
        LibvirtReach.FACT,
        LinkQuality.FACT);
  }
}
