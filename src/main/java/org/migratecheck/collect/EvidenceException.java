package org.migratecheck.collect;

/** Stored evidence cannot be written or used; the message is one line that names the file. */
public final class EvidenceException extends Exception {
  private static final long serialVersionUID = 1L;

  EvidenceException(String message) {
    super(message);
  }

  EvidenceException(String message, Throwable cause) {
    super(message, cause);
  }
}
