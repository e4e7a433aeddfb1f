package org.migratecheck.collect;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.migratecheck.model.ClockOffset;
import org.migratecheck.model.HostEvidence;
import org.migratecheck.model.HostFailure;
import org.migratecheck.model.LinkEvidence;
import org.migratecheck.model.Printable;
import org.migratecheck.remote.ConnectOptions;
import org.migratecheck.remote.ConnectionException;
import org.migratecheck.remote.Connector;
import org.migratecheck.remote.HostConnection;
import org.migratecheck.remote.HostSpec;

/**
 * Collects from many hosts at once: the first step on every host, then the second step for each
 * direction over the same connections. One host's failure, of whatever kind, is that host's
 * evidence and never ends the others. Used by one thread; {@link #close} may be called by another
 * one to end everything.
 */
public final class Fleet implements AutoCloseable {
  private static final int MAX_PARALLEL = 64;

  /** What a step takes beside its longest probe. */
  private static final Duration AROUND = Duration.ofSeconds(15);

  private final Connector connector;
  private final ConnectOptions connect;
  private final Options options;
  private final Progress progress;
  private final Map<String, Session> sessions = new LinkedHashMap<>();
  private final AskedTime asked;
  private final Workers workers;

  /**
   * How to collect.
   *
   * @param parallel how many hosts at once; 0 means all of them, up to 64
   * @param limit the longest that each step may take for one host, from connecting to its answer;
   *     the second may take longer where many guests need it
   * @param keepOpen whether connections stay open for {@link #measure}
   */
  public record Options(int parallel, Duration limit, boolean keepOpen) {}

  /** Creates a fleet. */
  public Fleet(Connector connector, ConnectOptions connect, Options options, Progress progress) {
    this.connector = connector;
    this.asked = new AskedTime(connect.prompter());
    this.connect = connect.withPrompter(asked);
    this.options = options;
    this.progress = progress;
    int parallel = options.parallel() > 0 ? options.parallel() : MAX_PARALLEL;
    this.workers = new Workers(parallel, asked);
  }

  /**
   * Runs the first step.
   *
   * @param hosts the hosts; stored ones are read from their files
   * @param probes what to run; those of other steps are left out
   * @return one evidence per host, in the order of {@code hosts}
   */
  public List<HostEvidence> collect(List<HostSpec> hosts, List<Probe> probes) {
    List<Probe> chosen = probes.stream().filter(p -> p.steps().contains(Probe.Step.HOST)).toList();
    Optional<BatchScript> script =
        chosen.isEmpty()
            ? Optional.empty()
            : Optional.of(BatchScript.of(Probe.Step.HOST, chosen, Map.of()));
    List<Callable<HostEvidence>> tasks = new ArrayList<>();
    for (HostSpec host : hosts) {
      if (host.kind() == HostSpec.Kind.STORED) {
        tasks.add(() -> stored(host));
      } else {
        Session session = new Session(host, connector, connect);
        synchronized (sessions) {
          sessions.put(host.typed(), session);
        }
        tasks.add(() -> collect(session, script));
      }
    }
    Instant began = Instant.now();
    List<Optional<HostEvidence>> results = workers.runAll(tasks, options.limit());
    List<HostEvidence> evidence = new ArrayList<>();
    for (int i = 0; i < hosts.size(); i++) {
      HostSpec host = hosts.get(i);
      evidence.add(results.get(i).orElseGet(() -> late(host, began)));
    }
    return evidence;
  }

  /**
   * Runs the second step for each direction, on source and destination at the same time.
   *
   * @return one evidence per link, in the order of {@code links}; the outputs of a side that could
   *     not be used are missing
   */
  public List<LinkEvidence> measure(List<Link> links) {
    Duration limit = limit(links);
    List<Callable<LinkEvidence>> tasks = new ArrayList<>();
    List<LinkRun> runs = new ArrayList<>();
    for (Link link : links) {
      LinkRun run = new LinkRun(link, session(link.source()), session(link.destination()));
      runs.add(run);
      tasks.add(
          () -> {
            LinkEvidence evidence = run.measure(System.nanoTime() + limit.toNanos());
            progress.measured(link.source(), link.destination());
            return evidence;
          });
    }
    List<Optional<LinkEvidence>> results = workers.runAll(tasks, limit);
    List<LinkEvidence> evidence = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      evidence.add(results.get(i).orElseGet(runs.get(i)::nothing));
    }
    return evidence;
  }

  /** Closes every connection and ends what still runs. */
  @Override
  public void close() {
    List<Session> toClose;
    synchronized (sessions) {
      toClose = List.copyOf(sessions.values());
    }
    toClose.forEach(Session::close);
    workers.close();
  }

  private Optional<Session> session(String typed) {
    synchronized (sessions) {
      return Optional.ofNullable(sessions.get(typed));
    }
  }

  /** What was allowed for one host; longer where many guests make a probe's deadline longer. */
  private Duration limit(List<Link> links) {
    return links.stream()
        .flatMap(l -> l.probes().stream())
        .map(p -> p.deadline().plus(AROUND))
        .reduce(options.limit(), (a, b) -> a.compareTo(b) < 0 ? b : a);
  }

  private static HostEvidence stored(HostSpec host) {
    try {
      return EvidenceStore.read(host.file().orElseThrow());
    } catch (EvidenceException e) {
      return HostEvidence.failed(
          host.typed(),
          Instant.now(),
          new HostFailure(HostFailure.Kind.EVIDENCE, e.getMessage(), "Collect it again."));
    }
  }

  private HostEvidence collect(Session session, Optional<BatchScript> script) {
    HostSpec host = session.host();
    Instant began = Instant.now();
    long end = System.nanoTime() + options.limit().toNanos() - asked.nanos();
    HostEvidence evidence;
    try {
      progress.connecting(host);
      HostConnection connection = session.take();
      boolean usable = false;
      try {
        progress.collecting(host);
        evidence = collect(host, connection, script, began, end + asked.nanos());
        usable = options.keepOpen();
      } finally {
        session.giveBack(connection, usable);
      }
    } catch (ConnectionException e) {
      evidence = HostEvidence.failed(host.typed(), began, e.failure());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      evidence = late(host, began);
    } catch (Throwable t) {
      // A hostile answer may bring out a bug or exhaust memory: that costs this host alone.
      evidence = HostEvidence.failed(host.typed(), began, unexpected(host.typed(), t));
    }
    progress.collected(host, evidence);
    return evidence;
  }

  private HostEvidence collect(
      HostSpec host,
      HostConnection connection,
      Optional<BatchScript> script,
      Instant began,
      long end)
      throws ConnectionException {
    if (script.isEmpty()) {
      return evidence(host, connection, began, Optional.empty());
    }
    HostCollector.Answer answer = HostCollector.run(host.typed(), connection, script.get(), end);
    return evidence(host, connection, began, Optional.of(answer));
  }

  private static HostEvidence evidence(
      HostSpec host,
      HostConnection connection,
      Instant began,
      Optional<HostCollector.Answer> answer) {
    Optional<ClockOffset> clock =
        answer.flatMap(
            a ->
                a.result()
                    .firstByteAt()
                    .flatMap(
                        first -> a.frames().time().map(t -> t.offset(a.result().sentAt(), first))));
    return new HostEvidence(
        HostEvidence.SCHEMA_VERSION,
        host.typed(),
        connection.identity(),
        began,
        Duration.between(began, Instant.now()).toMillis(),
        clock,
        answer.map(a -> a.frames().outputs()).orElseGet(TreeMap::new),
        List.of(),
        Optional.empty());
  }

  private HostEvidence late(HostSpec host, Instant began) {
    return HostEvidence.failed(
        host.typed(),
        began,
        new HostFailure(
            HostFailure.Kind.TIMED_OUT,
            host.typed() + ": no answer within " + options.limit().toSeconds() + " s",
            "Raise --timeout, or find out what keeps " + host.typed() + " from answering."));
  }

  static HostFailure unexpected(String host, Throwable t) {
    String message = t.getMessage() == null ? "" : ": " + Printable.line(t.getMessage());
    return new HostFailure(
        HostFailure.Kind.OTHER,
        host + ": unexpected " + t.getClass().getSimpleName() + message,
        "This is a fault of migrate-check; please report it.");
  }
}
