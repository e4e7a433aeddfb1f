package org.migratecheck.check;

import java.util.regex.Pattern;

/** Quotes values for POSIX shells. */
public final class Shell {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

  private Shell() {}

  /**
   * Returns {@code value} so that a POSIX shell reads it as one word with exactly these characters.
   */
  public static String quote(String value) {
    if (PLAIN.matcher(value).matches()) {
      return value;
    }
    return "'" + value.replace("'", "'\\''") + "'";
  }

  /**
   * Returns whether {@code value} may stand in a command that a person will copy from a terminal:
   * control characters other than newline and tab could act on the terminal.
   */
  public static boolean printable(String value) {
    return org.migratecheck.model.Printable.of(value).equals(value);
  }
}
