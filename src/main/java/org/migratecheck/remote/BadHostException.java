package org.migratecheck.remote;

/**
 * A host on the command line cannot be a host. The message is one line, safe to print, and says
 * what is wrong with which text.
 */
public final class BadHostException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  BadHostException(String message) {
    super(message);
  }
}
