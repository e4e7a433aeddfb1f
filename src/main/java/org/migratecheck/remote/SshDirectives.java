package org.migratecheck.remote;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The directives of the ssh configuration that apply to one host: keywords in lower case, each with
 * its values in order. Both {@code ssh -G} and our own parser produce it.
 *
 * @param values values by keyword
 * @param joined whether several file names stand in one value, separated by spaces, unquoted
 * @param notes what the user should know, one printable line each
 */
record SshDirectives(Map<String, List<String>> values, boolean joined, List<String> notes) {
  SshDirectives {
    values = Map.copyOf(values);
    notes = List.copyOf(notes);
  }

  /** Reads what {@code ssh -G} prints: {@code keyword value} on each line. */
  static SshDirectives ofDump(String dump) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    dump.lines()
        .forEach(
            line -> {
              int space = line.indexOf(' ');
              if (space > 0) {
                values
                    .computeIfAbsent(
                        line.substring(0, space).toLowerCase(Locale.ROOT), k -> new ArrayList<>())
                    .add(line.substring(space + 1).strip());
              }
            });
    return new SshDirectives(values, true, List.of());
  }

  /** Returns all values of {@code keyword}. */
  List<String> all(String keyword) {
    return values.getOrDefault(keyword, List.of());
  }

  /** Returns the first value of {@code keyword}; the value {@code none} counts as absent. */
  Optional<String> first(String keyword) {
    return all(keyword).stream().findFirst().filter(v -> !v.equalsIgnoreCase("none"));
  }

  /** Returns whether {@code keyword} is {@code yes} or {@code true}; {@code fallback} if absent. */
  boolean flag(String keyword, boolean fallback) {
    return first(keyword).map(SshDirectives::isYes).orElse(fallback);
  }

  static boolean isYes(String value) {
    return value.equalsIgnoreCase("yes") || value.equalsIgnoreCase("true");
  }
}
