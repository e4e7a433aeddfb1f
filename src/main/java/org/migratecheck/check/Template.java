package org.migratecheck.check;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.migratecheck.model.Printable;

/**
 * Replaces {@code {name}} in the texts of check files. In commands {@code {name...}} stands for the
 * words of a value, each quoted by itself.
 */
final class Template {
  private static final Pattern NAME =
      Pattern.compile("(?<!\\$)\\{([a-z][a-zA-Z0-9-]*)(\\.\\.\\.)?}");

  private Template() {}

  /** Returns the text with values made printable; an unknown name stays as it is. */
  static String text(String template, Map<String, String> values) {
    return fill(template, values, Printable::of);
  }

  /**
   * Returns the command with values quoted for the shell; empty when a value is unknown or not
   * printable, because half a command is worse than none.
   */
  static Optional<String> command(String template, Map<String, String> values) {
    Matcher matcher = NAME.matcher(template);
    while (matcher.find()) {
      String value = values.get(matcher.group(1));
      if (value == null || !Shell.printable(value)) {
        return Optional.empty();
      }
    }
    return Optional.of(fill(template, values, Shell::quote).strip());
  }

  private static String fill(
      String template, Map<String, String> values, UnaryOperator<String> encode) {
    return NAME.matcher(template)
        .replaceAll(
            m -> {
              String value = values.get(m.group(1));
              String encoded =
                  value == null
                      ? m.group()
                      : m.group(2) == null ? encode.apply(value) : words(value, encode);
              return Matcher.quoteReplacement(encoded);
            });
  }

  private static String words(String value, UnaryOperator<String> encode) {
    return Arrays.stream(value.strip().split("\\s+")).map(encode).collect(Collectors.joining(" "));
  }
}
