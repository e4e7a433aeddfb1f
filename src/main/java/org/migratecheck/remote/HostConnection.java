package org.migratecheck.remote;

import org.migratecheck.model.HostIdentity;

/**
 * An open way to run scripts on one host. Not thread-safe: one script at a time. Closing ends the
 * session and whatever still runs in it.
 */
public interface HostConnection extends AutoCloseable {
  /** Returns how the host was reached. */
  HostIdentity identity();

  /**
   * Runs a POSIX {@code sh} script, sent on standard input, as root where the connection was asked
   * to (login as root, or through sudo).
   *
   * @param script the whole script; nothing is installed on the host
   * @param limits deadline and byte caps
   * @return what it printed, cut at the limits
   * @throws ConnectionException when the script could not be started at all
   */
  ScriptResult run(String script, ScriptLimits limits) throws ConnectionException;

  @Override
  void close();
}
