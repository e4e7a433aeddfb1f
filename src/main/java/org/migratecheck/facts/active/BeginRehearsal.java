package org.migratecheck.facts.active;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.Printable;
import org.migratecheck.model.ProbeOutput;

/**
 * How libvirt refused to migrate a guest to its own host. Its first phase looks at the guest; only
 * then its second finds that source and destination are one (libvirt, src/qemu/
 * qemu_migration_cookie.c).
 */
public final class BeginRehearsal {
  /** libvirt's refusal of the whole by guest UUID; empty when its first phase had no objection. */
  public static final Fact<Map<String, String>> FACT =
      new Fact<>(
          "beginRehearsal",
          Fact.Place.LINK_SOURCE,
          List.of("begin-rehearsal"),
          BeginRehearsal::parseAll);

  private static final String SAME_HOST = "Attempt to migrate guest to the same host";

  private BeginRehearsal() {}

  private static Map<String, String> parseAll(Outputs outputs) {
    Map<String, String> result = new TreeMap<>();
    outputs.complete("begin-rehearsal");
    for (String uuid : outputs.withPrefix("begin-rehearsal/begin.").keySet()) {
      ProbeOutput output = outputs.complete("begin-rehearsal/begin." + uuid);
      if (output.exitStatus() == 127 || output.exitStatus() == 0) {
        throw new Undetermined(outputs.host() + ": libvirt did not refuse what it must refuse");
      }
      String said = output.stderr().strip().replaceFirst("^error: ", "");
      result.put(
          uuid,
          said.contains(SAME_HOST)
              ? ""
              : said.isEmpty() ? "no reason given" : Printable.line(firstLine(said), 500));
    }
    return Collections.unmodifiableMap(result);
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
