package org.migratecheck.remote;

import org.migratecheck.model.HostFailure.Kind;

/**
 * Connects to whatever a {@link HostSpec} names: {@code localhost} by local processes, everything
 * else over SSH. One for a whole run, so that nobody is asked twice; may be used by many threads at
 * once.
 */
public final class HostConnector implements Connector {
  private final Connector local;
  private final Connector ssh;

  /** Creates a connector for the given surroundings. */
  public HostConnector(SshEnvironment environment) {
    Secrets secrets = new Secrets();
    this.local = new LocalConnector(environment, secrets);
    this.ssh = new SshConnector(environment, secrets);
  }

  @Override
  public HostConnection connect(HostSpec host, ConnectOptions options) throws ConnectionException {
    return switch (host.kind()) {
      case LOCAL -> local.connect(host, options);
      case SSH -> ssh.connect(host, options);
      case STORED ->
          throw Failures.of(
              Kind.OTHER, host.typed() + ": stored evidence cannot be connected to", "");
    };
  }
}
