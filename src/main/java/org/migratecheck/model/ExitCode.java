package org.migratecheck.model;

/** The process exit codes. Help, documentation and tests read this one list. */
public enum ExitCode {
  /** Every pair is READY; warnings are allowed unless {@code --strict} was given. */
  READY(0, "ready (warnings allowed; --strict makes them fail)"),
  /** At least one blocker failed. */
  NOT_READY(1, "not ready: at least one blocker failed"),
  /** The command line, a check file or a policy was wrong. */
  USAGE(2, "the command line or a file handed in is wrong"),
  /** No blocker failed, but at least one could not be determined, or nothing was evaluated. */
  UNDETERMINED(3, "undetermined: a host was not reached, or a blocker could not be determined"),
  /** The gate was open and the migration failed. */
  MIGRATION_FAILED(4, "the gate was open and the migration failed"),
  /** The user interrupted the run. */
  INTERRUPTED(130, "interrupted");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** Returns the number that the process exits with. */
  public int code() {
    return code;
  }

  /** Returns one line of meaning for help texts. */
  public String meaning() {
    return meaning;
  }

  /** Returns the exit code that stands for {@code verdict}. */
  public static ExitCode of(Verdict verdict) {
    return switch (verdict) {
      case READY -> READY;
      case NOT_READY -> NOT_READY;
      case UNDETERMINED -> UNDETERMINED;
    };
  }
}
