package org.migratecheck.model;

/**
 * Makes text that came from outside safe to print on a terminal or in a log: control characters (C0
 * except newline and tab, DEL, C1), bidirectional overrides, invisible format characters and lone
 * surrogates are shown as {@code \\uXXXX} and never sent as such.
 */
public final class Printable {
  private Printable() {}

  /** Returns {@code text} with dangerous characters made visible; newlines and tabs are kept. */
  public static String of(String text) {
    StringBuilder out = null;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      int next = i + Character.charCount(c);
      if (dangerous(c)) {
        if (out == null) {
          out = new StringBuilder(text.length() + 16).append(text, 0, i);
        }
        out.append(c > 0xFFFF ? "\\U%08X".formatted(c) : "\\u%04X".formatted(c));
      } else if (out != null) {
        out.appendCodePoint(c);
      }
      i = next;
    }
    return out == null ? text : out.toString();
  }

  /** Returns {@code text} as one line: like {@link #of}, and newlines and tabs are shown too. */
  public static String line(String text) {
    return of(text).replace("\n", "\\n").replace("\t", "\\t");
  }

  private static boolean dangerous(int c) {
    if (c == '\n' || c == '\t') {
      return false;
    }
    if (c < 0x20 || (c >= 0x7F && c <= 0x9F)) {
      return true;
    }
    int type = Character.getType(c);
    return type == Character.FORMAT
        || type == Character.SURROGATE
        || type == Character.PRIVATE_USE
        || type == Character.UNASSIGNED
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR;
  }
}
