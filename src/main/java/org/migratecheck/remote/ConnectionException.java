package org.migratecheck.remote;

import org.migratecheck.model.HostFailure;

/** A host could not be reached, authenticated or used; carries the reason for people. */
public final class ConnectionException extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient HostFailure failure;

  /** Creates the exception from what will be shown to the user. */
  public ConnectionException(HostFailure failure) {
    super(failure.message());
    this.failure = failure;
  }

  /** Returns the reason, its kind and the advice. */
  public HostFailure failure() {
    return failure;
  }
}
