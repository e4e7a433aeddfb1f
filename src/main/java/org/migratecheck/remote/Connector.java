package org.migratecheck.remote;

/** Opens connections to hosts; may be used by many threads at once. */
@FunctionalInterface
public interface Connector {
  /**
   * Connects and logs in.
   *
   * @param host the host; {@link HostSpec.Kind#STORED} is not for connectors
   * @param options limits, sudo and who is asked
   * @return an open connection, to be closed by the caller
   * @throws ConnectionException when the host could not be reached or did not let us in; never
   *     another exception, whatever the host does
   */
  HostConnection connect(HostSpec host, ConnectOptions options) throws ConnectionException;
}
