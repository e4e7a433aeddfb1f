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
 * @param host the host name, address or ssh alias; {@code localhost} for a local process
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
}
