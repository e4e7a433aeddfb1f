package org.migratecheck.facts.host;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.Printable;

/**
 * Signs that something on a host is broken.
 *
 * @param failedUnits systemd's units that failed
 * @param corruptedKib memory that the hardware damaged and the kernel took out of use
 * @param guestsWithErrors names of guests whose log tells of damaged memory
 */
public record Troubles(List<String> failedUnits, long corruptedKib, List<String> guestsWithErrors) {
  private static final Pattern CORRUPTED =
      Pattern.compile("(?m)^HardwareCorrupted:\\s+([0-9]{1,18}) kB\\s*$");

  /** The signs. */
  public static final Fact<Troubles> FACT =
      new Fact<>("troubles", Fact.Place.HOST, List.of("platform", "memory"), Troubles::parse);

  /** Copies the lists. */
  public Troubles {
    failedUnits = List.copyOf(failedUnits);
    guestsWithErrors = List.copyOf(guestsWithErrors);
  }

  private static Troubles parse(Outputs outputs) {
    String meminfo = outputs.ok("memory/meminfo");
    if (!meminfo.contains("MemTotal:")) {
      throw new Undetermined(outputs.host() + ": /proc/meminfo is not readable");
    }
    Matcher corrupted = CORRUPTED.matcher(meminfo);
    // A kernel without memory failure handling has no such line.
    return new Troubles(
        units(outputs.ifOk("platform/failed-units")),
        corrupted.find() ? Long.parseLong(corrupted.group(1)) : 0,
        Lines.of(outputs, "platform/memory-errors"));
  }

  private static List<String> units(Optional<String> text) {
    return text.map(
            t ->
                t.lines()
                    .map(l -> l.replaceFirst("^[^A-Za-z0-9]+", "").split("\\s+")[0])
                    .filter(u -> u.matches("[A-Za-z0-9@_.:\\\\-]{1,256}"))
                    .map(Printable::line)
                    .limit(100)
                    .toList())
        .orElse(List.of());
  }
}
