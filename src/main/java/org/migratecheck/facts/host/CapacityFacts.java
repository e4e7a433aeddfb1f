package org.migratecheck.facts.host;

import java.util.List;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactSource;

/** Announces the facts of this package. */
public final class CapacityFacts implements FactSource {
  @Override
  public List<Fact<?>> facts() {
    return List.of(
        Processors.FACT,
        NumaNodes.FACT,
        Space.FACT,
        LibvirtDirectory.FACT,
        QemuLimits.FACT,
        LogDaemon.FACT,
        Limits.FACT,
        Mitigations.FACT,
        LibvirtDrivers.FACT,
        QemuModules.FACT,
        Hook.FACT,
        GoingDown.FACT,
        Troubles.FACT,
        Machines.FACT,
        QemuAbilities.FACT,
        BackingPath.FACT);
  }
}
