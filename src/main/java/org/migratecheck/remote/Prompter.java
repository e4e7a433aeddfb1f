package org.migratecheck.remote;

import java.io.Console;
import java.util.Optional;

/**
 * Asks the person at the terminal for a secret. Connectors ask once for each key and once for each
 * user, whatever the number of hosts, and never two questions at a time.
 */
@FunctionalInterface
public interface Prompter {
  /** Answers nothing: for runs without a terminal. */
  Prompter NONE = prompt -> Optional.empty();

  /**
   * Asks for a secret without echo.
   *
   * @param prompt one printable line that ends with a colon
   * @return the answer, which the caller overwrites after use; empty when nobody answers
   */
  Optional<char[]> ask(String prompt);

  /** Returns a prompter for the process's terminal, {@link #NONE} where there is none. */
  static Prompter terminal() {
    Console console = System.console();
    return console == null
        ? NONE
        : prompt -> Optional.ofNullable(console.readPassword("%s ", prompt));
  }
}
