package org.migratecheck.check;

import java.util.List;

/** Check files are wrong; carries every mistake as {@code file:line: reason}. */
public final class CatalogueException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient List<String> mistakes;

  /** Creates the exception from one line per mistake. */
  public CatalogueException(List<String> mistakes) {
    super(String.join("\n", mistakes));
    this.mistakes = List.copyOf(mistakes);
  }

  /** Returns one line per mistake. */
  public List<String> mistakes() {
    return mistakes;
  }
}
