package org.migratecheck.remote;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A host as named on the command line.
 *
 * @param typed the text as typed; for stored evidence the text with its {@code @}
 * @param kind how it is read
 * @param user the login user, where typed
 * @param host the host name, address (an IPv6 one without brackets) or ssh alias; {@code localhost}
 *     for a local process; empty for stored evidence
 * @param port the SSH port, where typed
 * @param file the evidence file of {@link Kind#STORED}
 */
public record HostSpec(
    String typed,
    Kind kind,
    Optional<String> user,
    String host,
    OptionalInt port,
    Optional<Path> file) {
  /** How a host is read. */
  public enum Kind {
    /** Over SSH. */
    SSH,
    /** By a local process. */
    LOCAL,
    /** From an evidence file. */
    STORED
  }

  /**
   * Reads {@code [user@]host[:port]}, {@code [user@][v6]:port}, {@code [user@]v6%zone}, an alias of
   * the ssh configuration, {@code localhost} (a local process; {@code 127.0.0.1}, {@code
   * user@localhost} and {@code localhost:22} go over SSH), or {@code @FILE.json} (stored evidence).
   *
   * @throws BadHostException when {@code text} is none of these; names with a leading {@code -},
   *     white space, control, non-ASCII or shell characters are refused, because they end in
   *     command lines
   */
  public static HostSpec parse(String text) {
    return HostSpecParser.parse(text);
  }
}
