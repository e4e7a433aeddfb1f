package org.migratecheck.migrate;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.migratecheck.model.Printable;
import org.migratecheck.remote.ConnectionException;

/**
 * The lock of one guest on both hosts, the source's first, so that two controllers never move the
 * same guest. A lock whose owner was not heard of for a while, and of which nothing runs any more,
 * does not count.
 */
final class Lock {
  /** How long an owner may be silent. The scripts know the same number. */
  static final long STALE_SECONDS = 120;

  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final HostShell source;
  private final HostShell destination;
  private final String uuid;
  private final String owner;

  /**
   * @param owner who we are, lines {@code name=value}
   */
  Lock(HostShell source, HostShell destination, String uuid, String owner) {
    this.source = source;
    this.destination = destination;
    this.uuid = uuid;
    this.owner = owner;
  }

  /**
   * Takes both.
   *
   * @return why it could not; empty when both are ours
   * @throws ConnectionException when a host was lost; what was taken is given back or gets stale
   */
  Optional<String> take() throws ConnectionException {
    Optional<String> refused = take(source);
    if (refused.isPresent()) {
      return refused;
    }
    try {
      refused = take(destination);
    } catch (ConnectionException e) {
      release(source);
      throw e;
    }
    if (refused.isPresent()) {
      release(source);
    }
    return refused;
  }

  private Optional<String> take(HostShell host) throws ConnectionException {
    Answer answer = host.run("lock", uuid, Map.of("owner", owner), DEADLINE);
    if (answer.is("lock", "taken") || answer.all("lock").contains("taken")) {
      return Optional.empty();
    }
    if (answer.first("error").isPresent()) {
      return Optional.of(host.name() + ": no lock: " + answer.text("error"));
    }
    String who =
        answer.field("owner", "controller").orElse("another controller")
            + answer.field("owner", "since").map(s -> " since " + s).orElse("");
    return Optional.of(
        Printable.line(
            host.name()
                + (answer.is("lock", "moving")
                    ? ": it is being moved at this moment, by "
                    : ": another run has the lock, of ")
                + who
                + "; heard of "
                + answer.first("quiet").orElse("?")
                + " s ago. A lock that nobody uses is given up after "
                + STALE_SECONDS
                + " s"));
  }

  /** Gives both back, as far as the hosts can be reached. */
  void release() {
    release(destination);
    release(source);
  }

  private void release(HostShell host) {
    try {
      host.run("unlock", uuid, Map.of(), DEADLINE);
    } catch (ConnectionException e) {
      // It gets stale by itself.
    }
  }
}
