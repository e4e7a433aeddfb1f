package org.migratecheck.remote;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.migratecheck.model.HostFailure;

/**
 * Begins to connect before anybody asks, so that the program can load its checks meanwhile: of a
 * short run, connecting is the longest part. May be used by many threads at once.
 */
public final class EarlyConnector implements Connector, AutoCloseable {
  private static final int MAX_EARLY = 16;
  private final Connector connector;
  private final Map<String, FutureTask<HostConnection>> begun = new ConcurrentHashMap<>();

  /** Creates a connector that connects through {@code connector}. */
  public EarlyConnector(Connector connector) {
    this.connector = connector;
  }

  /** Begins to connect to the first few of {@code hosts}; stored ones are left out. */
  public void begin(List<HostSpec> hosts, ConnectOptions options) {
    hosts.stream()
        .filter(h -> h.kind() != HostSpec.Kind.STORED)
        .limit(MAX_EARLY)
        .forEach(
            host -> {
              FutureTask<HostConnection> task =
                  new FutureTask<>(() -> connector.connect(host, options));
              begun.put(host.typed(), task);
              Thread thread = new Thread(task, "connect-" + host.typed());
              thread.setDaemon(true);
              thread.start();
            });
  }

  @Override
  public HostConnection connect(HostSpec host, ConnectOptions options) throws ConnectionException {
    FutureTask<HostConnection> task = begun.remove(host.typed());
    if (task == null) {
      return connector.connect(host, options);
    }
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ConnectionException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      begun.put(host.typed(), task);
      Thread.currentThread().interrupt();
      throw new ConnectionException(
          new HostFailure(
              HostFailure.Kind.TIMED_OUT, host.typed() + ": connecting took too long", ""));
    }
  }

  /** Closes what was begun and never asked for. */
  @Override
  public void close() {
    for (FutureTask<HostConnection> task : begun.values()) {
      Thread closer =
          new Thread(
              () -> {
                try {
                  task.get().close();
                } catch (ExecutionException e) {
                  // It never connected: nothing to close.
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              },
              "close-early");
      closer.setDaemon(true);
      closer.start();
    }
  }
}
