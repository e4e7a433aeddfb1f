package org.migratecheck.report;

import org.migratecheck.model.Status;
import org.migratecheck.model.Verdict;

/**
 * How text looks on a terminal.
 *
 * @param color whether ANSI colours are used; words alone always say the same
 * @param width columns
 */
public record Style(boolean color, int width) {
  private static final String RED = "31";
  private static final String GREEN = "32";
  private static final String YELLOW = "33";
  private static final String CYAN = "36";

  /** Returns a verdict's label, padded and coloured. */
  public String verdict(Verdict verdict) {
    return paint(
        switch (verdict) {
          case READY -> "1;" + GREEN;
          case NOT_READY -> "1;" + RED;
          case UNDETERMINED -> "1;" + YELLOW;
        },
        verdict.label());
  }

  /** Returns a status word of four columns, coloured. */
  public String status(Status status) {
    return switch (status) {
      case PASS -> paint(GREEN, "pass");
      case WARN -> paint(YELLOW, "warn");
      case FAIL -> paint(RED, "FAIL");
      case ERROR -> paint(YELLOW, "????");
      case SKIPPED -> "skip";
      case WAIVED -> paint(YELLOW, "wvd ");
    };
  }

  /** Returns text in bold. */
  public String bold(String text) {
    return paint("1", text);
  }

  /** Returns a command to be copied. */
  public String command(String text) {
    return paint(CYAN, text);
  }

  private String paint(String code, String text) {
    return color ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
