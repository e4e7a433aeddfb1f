package org.migratecheck.check.guest;

/** Scripts for sed(1) that change a guest's definition, for the commands of fixes. */
final class Edit {
  private Edit() {}

  /** Returns a script that replaces a text between two lines, each found by its beginning. */
  static String within(String element, String from, String to) {
    return "/<"
        + element
        + "[ >]/,/<\\/"
        + element
        + ">/s|"
        + literal(from)
        + "|"
        + to.replace("\\", "\\\\").replace("|", "\\|").replace("&", "\\&")
        + "|";
  }

  /** Returns a text as a pattern that matches exactly it. */
  static String literal(String text) {
    return text.replaceAll("[\\\\.*\\[\\]^$|]", "\\\\$0");
  }
}
