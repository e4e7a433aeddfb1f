package org.migratecheck.cli;

import java.io.PrintStream;
import org.migratecheck.model.Printable;
import org.migratecheck.report.Style;

/** Where results and messages go, and whether a person is looking. */
final class Terminal {
  private static final int DEFAULT_WIDTH = 80;
  private final PrintStream out;
  private final PrintStream err;

  Terminal(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** When results are coloured. */
  enum Color {
    AUTO,
    ALWAYS,
    NEVER
  }

  PrintStream out() {
    return out;
  }

  PrintStream err() {
    return err;
  }

  /** Prints one line for the user; control characters are made visible. */
  void error(String message) {
    err.println("migrate-check: " + Printable.of(message));
  }

  /** Returns whether a person sees standard error, so that progress makes sense. */
  static boolean interactive() {
    return flag("MIGRATE_CHECK_STDERR_TTY");
  }

  /** Returns how results look; {@code NO_COLOR} and {@code TERM=dumb} are honoured. */
  static Style style(Color color) {
    boolean auto =
        flag("MIGRATE_CHECK_STDOUT_TTY")
            && (System.getenv("NO_COLOR") == null || System.getenv("NO_COLOR").isEmpty())
            && !"dumb".equals(System.getenv("TERM"));
    boolean colored = color == Color.ALWAYS || (color == Color.AUTO && auto);
    return new Style(colored, width());
  }

  /** The launcher tells what Java 17 cannot: whether each stream is a terminal. */
  private static boolean flag(String name) {
    return "1".equals(System.getenv(name));
  }

  private static int width() {
    String columns = System.getenv("COLUMNS");
    if (columns != null && columns.matches("[0-9]{2,4}")) {
      return Math.max(40, Integer.parseInt(columns));
    }
    return DEFAULT_WIDTH;
  }
}
