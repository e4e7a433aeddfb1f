package org.migratecheck.facts.system;

import java.util.List;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactSource;

/** Announces the facts of this package. */
public final class SystemFacts implements FactSource {
  @Override
  public List<Fact<?>> facts() {
    return List.of(
        Os.FACT,
        Kernel.FACT,
        Identity.FACT,
        Packages.FACT,
        LibvirtService.FACT,
        Libvirt.FACT,
        Capabilities.FACT,
        LibvirtName.FACT,
        RunningQemu.FACT,
        RunningQemu.OPEN_FILES,
        Cpu.FACT,
        Memory.FACT,
        TimeZone.FACT,
        TimeSync.FACT,
        GuestState.FACT,
        GuestFit.ON_SOURCE,
        GuestFit.ON_DESTINATION);
  }
}
