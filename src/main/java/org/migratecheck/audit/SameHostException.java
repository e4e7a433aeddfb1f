package org.migratecheck.audit;

/** The same host stands twice in one audit, so that comparing it says nothing. */
public final class SameHostException extends Exception {
  private static final long serialVersionUID = 1L;

  SameHostException(String host) {
    super("the evidence of '" + host + "' is named twice");
  }
}
