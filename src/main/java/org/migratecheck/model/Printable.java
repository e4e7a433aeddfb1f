package org.migratecheck.model;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The one boundary through which text of foreign origin passes before a person sees it on a
 * terminal, in a log or in an exception message: whatever could move the cursor, change colours,
 * reorder the line or hide is shown as an escape such as {@code \x1b}, {@code \u202e} or {@code
 * \xff} (a byte that is no UTF-8). Ordinary text, of any script, stays as it is.
 *
 * <p>It does not escape for HTML, JSON or a shell; each renderer does that for itself.
 */
public final class Printable {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private Printable() {}

  /** Returns {@code text} on one line: line breaks and tabs are shown as escapes, too. */
  public static String line(String text) {
    return visible(text, false);
  }

  /**
   * Returns {@code text} on one line, cut after {@code max} characters; what was cut is told by a
   * trailing {@code ...}, which is not counted.
   */
  public static String line(String text, int max) {
    if (text.length() <= max) {
      return line(text);
    }
    int end = max > 0 && Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
    return line(text.substring(0, end)) + "...";
  }

  /** Returns {@code text} with its line breaks ({@code \n}) and tabs, everything else visible. */
  public static String of(String text) {
    return visible(text, true);
  }

  /**
   * Decodes UTF-8, showing each byte that does not belong to it as {@code \xNN}. The result still
   * has its control characters: pass it through {@link #line} or {@link #of} for display.
   */
  public static String decode(byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    StringBuilder text = new StringBuilder(bytes.length);
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      text.append(out.flip());
      out.clear();
      if (!result.isError()) {
        return text.toString();
      }
      for (int i = 0; i < result.length(); i++) {
        hex(text.append("\\x"), in.get(), 2);
      }
      decoder.reset();
    }
  }

  private static String visible(String text, boolean keepBreaks) {
    int first = firstHidden(text, keepBreaks);
    if (first < 0) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16).append(text, 0, first);
    for (int i = first; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (isHidden(c, keepBreaks)) {
        escape(shown, c);
      } else {
        shown.appendCodePoint(c);
      }
    }
    return shown.toString();
  }

  private static int firstHidden(String text, boolean keepBreaks) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (isHidden(c, keepBreaks)) {
        return i;
      }
      i += Character.charCount(c);
    }
    return -1;
  }

  private static boolean isHidden(int c, boolean keepBreaks) {
    if (c >= ' ' && c < 0x7f) {
      return false;
    }
    if (keepBreaks && (c == '\n' || c == '\t')) {
      return false;
    }
    return switch (Character.getType(c)) {
      // FORMAT holds the bidirectional and zero-width characters and the soft hyphen.
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  private static void escape(StringBuilder to, int c) {
    switch (c) {
      case '\n' -> to.append("\\n");
      case '\r' -> to.append("\\r");
      case '\t' -> to.append("\\t");
      default -> {
        if (c <= 0xff) {
          hex(to.append("\\x"), c, 2);
        } else if (c <= 0xffff) {
          hex(to.append("\\u"), c, 4);
        } else {
          hex(to.append("\\U"), c, 8);
        }
      }
    }
  }

  private static void hex(StringBuilder to, int value, int digits) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      to.append(HEX[(value >> shift) & 0xf]);
    }
  }
}
