package org.migratecheck.collect;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.migratecheck.model.LinkEvidence;
import org.migratecheck.model.ProbeOutput;
import org.migratecheck.remote.ConnectionException;
import org.migratecheck.remote.HostConnection;

/** The second step of one direction: both sides' scripts at the same time. */
final class LinkRun {
  private final Link link;
  private final Optional<Session> source;
  private final Optional<Session> destination;

  LinkRun(Link link, Optional<Session> source, Optional<Session> destination) {
    this.link = link;
    this.source = source;
    this.destination = destination;
  }

  /** Returns evidence in which no probe answered. */
  LinkEvidence nothing() {
    return new LinkEvidence(
        link.source(),
        link.destination(),
        nothing(Probe.Step.LINK_SOURCE, "there was no connection to both hosts, or no time left"),
        nothing(
            Probe.Step.LINK_DESTINATION, "there was no connection to both hosts, or no time left"));
  }

  /**
   * Measures the direction.
   *
   * @param end when to give up, by {@link System#nanoTime}
   */
  LinkEvidence measure(long end) throws InterruptedException {
    if (source.isEmpty() || destination.isEmpty()) {
      return nothing();
    }
    // Both connections are at hand before either side starts: the destination listens for a few
    // seconds only. The order of taking them is the same for all directions, so that two
    // directions never wait for each other.
    boolean sourceFirst = link.source().compareTo(link.destination()) < 0;
    try (Lease first = new Lease(sourceFirst ? source.get() : destination.get());
        Lease second = new Lease(sourceFirst ? destination.get() : source.get())) {
      Lease onSource = sourceFirst ? first : second;
      Lease onDestination = sourceFirst ? second : first;
      FutureTask<SortedMap<String, ProbeOutput>> other =
          new FutureTask<>(
              () -> run(onDestination, link.destination(), Probe.Step.LINK_DESTINATION, end));
      Thread thread = new Thread(other, "collect-destination");
      thread.setDaemon(true);
      thread.start();
      SortedMap<String, ProbeOutput> here =
          run(onSource, link.source(), Probe.Step.LINK_SOURCE, end);
      SortedMap<String, ProbeOutput> there;
      try {
        there = other.get();
      } catch (ExecutionException e) {
        there =
            nothing(
                Probe.Step.LINK_DESTINATION,
                Fleet.unexpected(link.destination(), e.getCause()).message());
      }
      return new LinkEvidence(link.source(), link.destination(), here, there);
    }
  }

  private SortedMap<String, ProbeOutput> run(Lease lease, String host, Probe.Step step, long end) {
    List<Probe> probes = link.of(step);
    if (probes.isEmpty()) {
      return new TreeMap<>();
    }
    if (lease.connection.isEmpty()) {
      return nothing(step, lease.failure);
    }
    try {
      BatchScript script = BatchScript.of(step, probes, link.variables());
      lease.usable = false;
      HostCollector.Answer answer = HostCollector.run(host, lease.connection.get(), script, end);
      lease.usable = true;
      return answer.frames().outputs();
    } catch (ConnectionException e) {
      return nothing(step, e.getMessage());
    } catch (Throwable t) {
      // As in the first step: a hostile answer costs this direction alone.
      return nothing(step, Fleet.unexpected(host, t).message());
    }
  }

  private SortedMap<String, ProbeOutput> nothing(Probe.Step step, String reason) {
    return HostCollector.nothing(link.of(step).stream().map(Probe::name).toList(), reason);
  }

  /** A connection for as long as one direction needs it; empty when there is none to be had. */
  private static final class Lease implements AutoCloseable {
    private final Session session;
    private final Optional<HostConnection> connection;
    private final String failure;
    private boolean usable = true;

    Lease(Session session) throws InterruptedException {
      this.session = session;
      Optional<HostConnection> taken;
      String why = "";
      try {
        taken = Optional.of(session.take());
      } catch (ConnectionException e) {
        taken = Optional.empty();
        why = e.getMessage();
      }
      this.connection = taken;
      this.failure = why;
    }

    @Override
    public void close() {
      connection.ifPresent(c -> session.giveBack(c, usable));
    }
  }
}
