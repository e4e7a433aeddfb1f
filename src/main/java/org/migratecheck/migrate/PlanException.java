package org.migratecheck.migrate;

/** No plan can be made, or a file is no plan; the message says why in one line. */
public final class PlanException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates the exception. */
  public PlanException(String message) {
    super(message);
  }
}
