package org.migratecheck.remote;

import java.util.List;
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
   * <p>At the deadline or the cap of standard output the channel is closed and the script is sent
   * TERM, as far as the host allows that: OpenSSH does not for logins as root, so that a script has
   * to bound itself if nothing of it is to stay behind.
   *
   * @param script the whole script; nothing is installed on the host
   * @param limits deadline and byte caps
   * @return what it printed, cut at the limits; its deadline does not end the connection
   * @throws ConnectionException when the script could not be started at all: the connection is gone
   *     (UNREACHABLE), sudo refused (SUDO), the login shell does not run commands (SHELL), or
   *     nothing started before the deadline (TIMED_OUT)
   */
  ScriptResult run(String script, ScriptLimits limits) throws ConnectionException;

  /**
   * Returns what the user should know about how the host was reached, such as an ssh option that
   * was not followed; one printable line each.
   */
  default List<String> notes() {
    return List.of();
  }

  @Override
  void close();
}
