package org.migratecheck.collect;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.migratecheck.model.HostFailure;
import org.migratecheck.remote.ConnectOptions;
import org.migratecheck.remote.ConnectionException;
import org.migratecheck.remote.Connector;
import org.migratecheck.remote.HostConnection;
import org.migratecheck.remote.HostSpec;

/**
 * The connections to one host: one is kept from the first step to the second; a source of many
 * directions gets a few more, because a connection runs one script at a time. Thread-safe.
 */
final class Session implements AutoCloseable {
  // Well below sshd's MaxStartups (10), which drops connections that are still logging in.
  private static final int MAX_CONNECTIONS = 4;

  private final HostSpec host;
  private final Connector connector;
  private final ConnectOptions options;
  private final Semaphore permits = new Semaphore(MAX_CONNECTIONS);
  private final Deque<HostConnection> open = new ArrayDeque<>();
  private final Deque<HostConnection> idle = new ArrayDeque<>();
  private boolean closed;

  Session(HostSpec host, Connector connector, ConnectOptions options) {
    this.host = host;
    this.connector = connector;
    this.options = options;
  }

  HostSpec host() {
    return host;
  }

  /** Returns a connection that nobody else uses until it is given back. */
  HostConnection take() throws ConnectionException, InterruptedException {
    permits.acquire();
    boolean taken = false;
    try {
      HostConnection connection = reuse();
      if (connection == null) {
        connection = connector.connect(host, options);
        keep(connection);
      }
      taken = true;
      return connection;
    } finally {
      if (!taken) {
        permits.release();
      }
    }
  }

  /** Gives back what {@link #take} returned; one that failed is closed and not used again. */
  void giveBack(HostConnection connection, boolean usable) {
    boolean drop;
    synchronized (this) {
      drop = closed || !usable;
      if (drop) {
        open.remove(connection);
      } else {
        idle.push(connection);
      }
    }
    if (drop) {
      connection.close();
    }
    permits.release();
  }

  private synchronized @Nullable HostConnection reuse() throws ConnectionException {
    refuseWhenClosed();
    return idle.poll();
  }

  private void keep(HostConnection connection) throws ConnectionException {
    synchronized (this) {
      if (!closed) {
        open.push(connection);
        return;
      }
    }
    connection.close();
    refuseWhenClosed();
  }

  private synchronized void refuseWhenClosed() throws ConnectionException {
    if (closed) {
      throw new ConnectionException(
          new HostFailure(
              HostFailure.Kind.TIMED_OUT,
              host.typed() + ": the audit ended before it answered",
              ""));
    }
  }

  /** Ends every connection, also those in use: their scripts end with a failure. */
  @Override
  public void close() {
    Deque<HostConnection> toClose;
    synchronized (this) {
      closed = true;
      toClose = new ArrayDeque<>(open);
      open.clear();
      idle.clear();
    }
    toClose.forEach(HostConnection::close);
  }
}
