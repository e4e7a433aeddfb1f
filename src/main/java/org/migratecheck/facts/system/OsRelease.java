package org.migratecheck.facts.system;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The syntax of {@code /etc/os-release}: shell assignments without expansion, os-release(5). Lines
 * that are no assignment are ignored, as the manual page asks of readers.
 */
final class OsRelease {
  private static final Pattern ASSIGNMENT = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)=(.*)");

  private OsRelease() {}

  /** Returns the assignments; the last one of a key counts. */
  static Map<String, String> parse(String text) {
    Map<String, String> result = new LinkedHashMap<>();
    text.lines()
        .map(String::strip)
        .forEach(
            line -> {
              Matcher assignment = ASSIGNMENT.matcher(line);
              if (assignment.matches()) {
                result.put(assignment.group(1), unquote(assignment.group(2)));
              }
            });
    return result;
  }

  /** Joins quoted and plain pieces as a shell does; text after the first plain blank is dropped. */
  private static String unquote(String value) {
    StringBuilder result = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (quote == 0 && (c == '"' || c == '\'')) {
        quote = c;
      } else if (quote != 0 && c == quote) {
        quote = 0;
      } else if (c == '\\' && quote != '\'' && i + 1 < value.length()) {
        char next = value.charAt(i + 1);
        if (quote == 0 || "\"$\\`".indexOf(next) >= 0) {
          i++;
          result.append(next);
        } else {
          result.append(c);
        }
      } else if (quote == 0 && (c == ' ' || c == '\t')) {
        break;
      } else {
        result.append(c);
      }
    }
    return result.toString();
  }
}
