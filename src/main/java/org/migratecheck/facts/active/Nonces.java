package org.migratecheck.facts.active;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.Printable;

/**
 * What became of the new file in each directory: {@code written} or {@code failed} on the source,
 * {@code seen}, {@code other} or {@code absent} on the destination.
 */
public final class Nonces {
  /** What the source did, by directory. */
  public static final Fact<Map<String, String>> WRITTEN =
      new Fact<>(
          "nonceWritten",
          Fact.Place.LINK_SOURCE,
          java.util.List.of("nonce-write"),
          o -> parse(o, "nonce-write", "written|failed"));

  /** What the destination saw, by directory. */
  public static final Fact<Map<String, String>> SEEN =
      new Fact<>(
          "nonceSeen",
          Fact.Place.LINK_DESTINATION,
          java.util.List.of("nonce-read"),
          o -> parse(o, "nonce-read", "seen|other|absent"));

  private Nonces() {}

  private static Map<String, String> parse(Outputs outputs, String probe, String words) {
    Map<String, String> result = new TreeMap<>();
    for (String line : outputs.complete(probe).stdout().split("\n")) {
      if (line.isEmpty()) {
        continue;
      }
      int space = line.indexOf(' ');
      if (space < 0 || !line.substring(0, space).matches(words)) {
        throw new Undetermined(
            outputs.host() + ": '" + probe + "' answered " + Printable.line(line, 100));
      }
      result.put(line.substring(space + 1), line.substring(0, space));
    }
    return Collections.unmodifiableMap(result);
  }
}
