package org.migratecheck.facts.guest;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.LinkVariables;

/** Tells the probe {@code guest-files} which paths and emulators to look at. */
public final class GuestFileVariables implements LinkVariables {
  private static final int MAX = 2000;

  @Override
  public Map<String, String> variables(
      HostFacts source, HostFacts destination, List<Guest> guests) {
    Set<String> paths = new TreeSet<>();
    Set<String> emulators = new TreeSet<>();
    for (Guest guest : guests) {
      if (!guest.active()) {
        continue;
      }
      paths.addAll(Firmware.of(guest).paths());
      for (DevicePath path : DevicePaths.of(guest)) {
        paths.add(path.path());
        paths.addAll(path.wanted());
      }
      Screens.sockets(guest).forEach(s -> paths.add(Firmware.directory(s)));
      guest
          .xml()
          .textAt("devices/emulator")
          .filter(e -> e.startsWith("/") && e.indexOf('\n') < 0)
          .ifPresent(emulators::add);
    }
    return Map.of(
        "MC_GUEST_FILES",
        String.join("\n", paths.stream().limit(MAX).toList()),
        "MC_GUEST_EMULATORS",
        String.join("\n", emulators));
  }
}
