package org.migratecheck.cli;

import java.util.List;

/**
 * The user's input is wrong; carries one line per mistake. Ends the run with the usage exit code.
 */
final class UsageException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient List<String> mistakes;

  UsageException(List<String> mistakes) {
    super(String.join("\n", mistakes));
    this.mistakes = List.copyOf(mistakes);
  }

  UsageException(String mistake) {
    this(List.of(mistake));
  }

  List<String> mistakes() {
    return mistakes;
  }
}
