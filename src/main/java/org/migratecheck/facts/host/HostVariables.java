package org.migratecheck.facts.host;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.LinkVariables;
import org.migratecheck.facts.Xml;

/** Tells the probe {@code guest-host} about which machines and memory files to ask. */
public final class HostVariables implements LinkVariables {
  /** The device of which QEMU makes a guest's encrypted memory. */
  public static final String SGX = "/dev/sgx_vepc";

  private static final String PREFIX = "MC_HOST_";

  @Override
  public Map<String, String> variables(
      HostFacts source, HostFacts destination, List<Guest> guests) {
    Set<Platform> platforms = new LinkedHashSet<>();
    Set<String> paths = new LinkedHashSet<>();
    for (Guest guest : guests) {
      if (guest.active()) {
        platforms.add(Platform.of(guest.xml()));
        guest.inactive().map(Platform::of).ifPresent(platforms::add);
        paths.addAll(memoryPaths(guest.xml()));
      }
    }
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put(PREFIX + "PLATFORMS", Integer.toString(platforms.size()));
    int number = 0;
    for (Platform platform : platforms) {
      number++;
      variables.put(PREFIX + "EMULATOR_" + number, platform.emulator());
      variables.put(PREFIX + "ARCH_" + number, platform.architecture());
      variables.put(PREFIX + "MACHINE_" + number, platform.machine());
      variables.put(PREFIX + "TYPE_" + number, platform.type());
    }
    variables.put(PREFIX + "PATHS", String.join("\n", paths));
    return variables;
  }

  /** Returns the files and devices that a guest's memory devices are made of. */
  public static List<String> memoryPaths(Xml guest) {
    return guest.all("devices/memory").stream()
        .map(m -> m.attr("model").equals("sgx-epc") ? SGX : m.textAt("source/path").orElse(""))
        .filter(p -> p.startsWith("/") && !p.contains("\n") && !p.contains("\0"))
        .distinct()
        .toList();
  }
}
