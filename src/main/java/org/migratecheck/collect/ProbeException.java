package org.migratecheck.collect;

import java.util.List;

/** Probe files that cannot be used; carries every mistake, each a line that names the file. */
public final class ProbeException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient List<String> problems;

  ProbeException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** Returns the mistakes, one line each. */
  public List<String> problems() {
    return problems;
  }
}
