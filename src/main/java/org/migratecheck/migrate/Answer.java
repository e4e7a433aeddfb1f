package org.migratecheck.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a script said: lines by key.
 *
 * @param lines the lines of each key, in their order
 */
record Answer(Map<String, List<String>> lines) {
  /** Reads the lines {@code MARK KEY TEXT}; all others are noise. */
  static Answer parse(String mark, String stdout) {
    Map<String, List<String>> lines = new TreeMap<>();
    for (String line : stdout.split("\n")) {
      if (!line.startsWith(mark + " ")) {
        continue;
      }
      String rest = line.substring(mark.length() + 1);
      int space = rest.indexOf(' ');
      String key = space < 0 ? rest : rest.substring(0, space);
      lines
          .computeIfAbsent(key, k -> new ArrayList<>())
          .add(space < 0 ? "" : rest.substring(space + 1).replace("\r", ""));
    }
    return new Answer(lines);
  }

  /** Returns whether the script reached its end. */
  boolean complete() {
    return lines.containsKey("end");
  }

  /** Returns the lines of a key; none when it is absent. */
  List<String> all(String key) {
    return lines.getOrDefault(key, List.of());
  }

  /** Returns the first line of a key that is not blank. */
  Optional<String> first(String key) {
    return all(key).stream().map(String::strip).filter(l -> !l.isEmpty()).findFirst();
  }

  /** Returns whether the first line of a key is that value. */
  boolean is(String key, String value) {
    return first(key).equals(Optional.of(value));
  }

  /** Returns all lines of a key as one text. */
  String text(String key) {
    return String.join("\n", all(key)).strip();
  }

  /** Returns the value of a line {@code NAME: VALUE} or {@code NAME=VALUE}. */
  Optional<String> field(String key, String name) {
    for (String line : all(key)) {
      String stripped = line.strip();
      if (stripped.startsWith(name + ":") || stripped.startsWith(name + "=")) {
        return Optional.of(stripped.substring(name.length() + 1).strip());
      }
    }
    return Optional.empty();
  }
}
