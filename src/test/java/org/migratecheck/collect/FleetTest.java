package org.migratecheck.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.migratecheck.collect.Probes.probe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.migratecheck.collect.Probe.Step;
import org.migratecheck.model.HostEvidence;
import org.migratecheck.model.HostFailure;
import org.migratecheck.model.LinkEvidence;
import org.migratecheck.model.ProbeOutput;
import org.migratecheck.model.ProbeOutput.Completeness;
import org.migratecheck.remote.ConnectOptions;
import org.migratecheck.remote.ConnectionException;
import org.migratecheck.remote.Connector;
import org.migratecheck.remote.HostConnection;
import org.migratecheck.remote.HostSpec;
import org.migratecheck.remote.Prompter;
import org.migratecheck.remote.ScriptLimits;
import org.migratecheck.remote.ScriptResult;

@Timeout(60)
final class FleetTest {
  private static final List<Probe> PROBES = List.of(probe("hello", 5, "part x echo hi"));

  private final ConcurrentLinkedQueue<FakeConnection> opened = new ConcurrentLinkedQueue<>();

  private static HostSpec ssh(String name) {
    return new HostSpec(
        name, HostSpec.Kind.SSH, Optional.empty(), name, OptionalInt.empty(), Optional.empty());
  }

  private static HostSpec file(Path file) {
    return new HostSpec(
        "@" + file,
        HostSpec.Kind.STORED,
        Optional.empty(),
        "",
        OptionalInt.empty(),
        Optional.of(file));
  }

  private Fleet fleet(Connector connector, int parallel, Duration total) {
    Connector recording =
        (host, options) -> {
          HostConnection connection = connector.connect(host, options);
          opened.add((FakeConnection) connection);
          return connection;
        };
    return new Fleet(
        recording,
        ConnectOptions.defaults(),
        new Fleet.Options(parallel, total, true),
        Progress.NONE);
  }

  private static ConnectionException refused(String host) {
    return new ConnectionException(
        new HostFailure(HostFailure.Kind.REFUSED, host + ": refused", ""));
  }

  @Test
  void oneHostsTroubleIsItsOwn(@TempDir Path dir) throws Exception {
    HostEvidence stored = HostEvidence.failed("old", Instant.EPOCH, refused("old").failure());
    Path good = EvidenceStore.write(dir, stored);
    Path bad = Files.writeString(dir.resolve("bad.json"), "{");
    Connector connector =
        (host, options) ->
            switch (host.host()) {
              case "good" -> new FakeConnection();
              case "refused" -> throw refused("refused");
              case "nologin" ->
                  FakeConnection.printing(1, "", "This account is\u001b[2J closed.\n", false);
              case "slow" -> FakeConnection.printing(-1, "", "", true);
              case "bug" -> throw new StackOverflowError();
              default -> throw new IllegalStateException(host.host());
            };
    List<HostEvidence> evidence;
    try (Fleet fleet = fleet(connector, 0, Duration.ofSeconds(30))) {
      evidence =
          fleet.collect(
              List.of(
                  ssh("refused"),
                  ssh("good"),
                  ssh("nologin"),
                  ssh("slow"),
                  ssh("bug"),
                  file(good),
                  file(bad)),
              PROBES);
    }
    assertThat(evidence)
        .extracting(HostEvidence::host)
        .containsExactly("refused", "good", "nologin", "slow", "bug", "old", "@" + bad);
    assertThat(evidence)
        .extracting(e -> e.failure().map(HostFailure::kind).orElse(null))
        .containsExactly(
            HostFailure.Kind.REFUSED,
            null,
            HostFailure.Kind.SHELL,
            HostFailure.Kind.TIMED_OUT,
            HostFailure.Kind.OTHER,
            HostFailure.Kind.REFUSED,
            HostFailure.Kind.EVIDENCE);
    assertThat(evidence.get(2).failure().orElseThrow().message())
        .contains("This account is\\x1b[2J closed. (exit status 1)");
    HostEvidence whole = evidence.get(1);
    assertThat(whole.probes().keySet()).containsExactly("hello", "hello/x");
    assertThat(whole.probes().get("hello/x").stdout()).isEqualTo("hi\n");
    assertThat(whole.identity()).isEqualTo(FakeConnection.IDENTITY);
    assertThat(whole.clock().orElseThrow().lowMillis()).isBetween(-30_000L, 0L);
    assertThat(whole.clock().orElseThrow().highMillis()).isBetween(0L, 30_000L);
    assertThat(opened).hasSize(3).allMatch(c -> c.closed);
  }

  @Test
  void theTotalDeadlineEndsWhatHangs() {
    CountDownLatch never = new CountDownLatch(1);
    Connector connector =
        (host, options) ->
            host.host().equals("good")
                ? new FakeConnection()
                : new FakeConnection() {
                  @Override
                  public ScriptResult run(String script, ScriptLimits limits) {
                    try {
                      never.await();
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                    throw new IllegalStateException("ended");
                  }
                };
    try (Fleet fleet = fleet(connector, 2, Duration.ofSeconds(3))) {
      List<HostEvidence> evidence = fleet.collect(List.of(ssh("hangs"), ssh("good")), PROBES);
      assertThat(evidence.get(0).failure().orElseThrow())
          .isEqualTo(
              new HostFailure(
                  HostFailure.Kind.TIMED_OUT,
                  "hangs: no answer within 3 s",
                  "Raise --timeout, or find out what keeps hangs from answering."));
      assertThat(evidence.get(1).failure()).isEmpty();
    }
    assertThat(opened).hasSize(2).allMatch(c -> c.closed);
  }

  @Test
  void theTimeThatAPersonTakesDoesNotCount() {
    Prompter slow =
        prompt -> {
          try {
            Thread.sleep(2500);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Optional.of(new char[] {'x'});
        };
    Connector connector =
        (host, options) -> {
          assertThat(options.prompter().ask("Password:")).isPresent();
          return new FakeConnection();
        };
    try (Fleet fleet =
        new Fleet(
            connector,
            ConnectOptions.defaults().withPrompter(slow),
            new Fleet.Options(0, Duration.ofSeconds(2), false),
            Progress.NONE)) {
      assertThat(fleet.collect(List.of(ssh("a"), ssh("b")), PROBES))
          .allMatch(e -> e.failure().isEmpty())
          .allMatch(e -> e.probes().get("hello/x").stdout().equals("hi\n"));
    }
  }

  @Test
  void noMoreHostsAtOnceThanAllowed() {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Connector connector =
        (host, options) -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          try {
            Thread.sleep(5);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          now.decrementAndGet();
          throw refused(host.typed());
        };
    List<HostSpec> hosts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      hosts.add(ssh("h" + i));
    }
    try (Fleet fleet = fleet(connector, 4, Duration.ofSeconds(30))) {
      assertThat(fleet.collect(hosts, PROBES))
          .extracting(HostEvidence::host)
          .isEqualTo(hosts.stream().map(HostSpec::typed).toList());
    }
    assertThat(most.get()).isBetween(2, 4);
  }

  @Test
  void bothSidesOfADirectionAreMeasuredAtTheSameTime() {
    // Each side waits for the other: one after the other would never end.
    Semaphore source = new Semaphore(0);
    Semaphore destination = new Semaphore(0);
    Connector connector =
        (host, options) ->
            new FakeConnection() {
              @Override
              public ScriptResult run(String script, ScriptLimits limits)
                  throws ConnectionException {
                Step step = BatchRequest.parse(script).orElseThrow().step();
                if (step != Step.HOST) {
                  (step == Step.LINK_SOURCE ? destination : source).release();
                  (step == Step.LINK_SOURCE ? source : destination).acquireUninterruptibly();
                }
                return super.run(script, limits);
              }
            };
    List<Probe> probes =
        List.of(
            probe(Step.LINK_SOURCE, "to", 5, "echo \"to $MC_NAME\""),
            probe(Step.LINK_DESTINATION, "from", 5, "echo \"from $MC_NAME\""));
    List<LinkEvidence> evidence;
    try (Fleet fleet = fleet(connector, 0, Duration.ofSeconds(30))) {
      fleet.collect(List.of(ssh("a"), ssh("b"), ssh("c")), PROBES);
      evidence =
          fleet.measure(
              List.of(
                  new Link("a", "b", Map.of("MC_NAME", "it's"), probes),
                  new Link("b", "a", Map.of("MC_NAME", "back"), probes),
                  new Link("a", "gone", Map.of(), probes)));
    }
    assertThat(evidence).extracting(LinkEvidence::destination).containsExactly("b", "a", "gone");
    assertThat(evidence.get(0).onSource().get("to").stdout()).isEqualTo("to it's\n");
    assertThat(evidence.get(0).onDestination().get("from").stdout()).isEqualTo("from it's\n");
    assertThat(evidence.get(1).onSource().get("to").stdout()).isEqualTo("to back\n");
    assertThat(evidence.get(2).onSource())
        .containsExactly(
            Map.entry(
                "to",
                ProbeOutput.missing("there was no connection to both hosts, or no time left")));
    assertThat(opened).allMatch(c -> c.closed);
  }

  @Test
  void manyDirectionsOfOneSourceUseFewConnectionsAndNeverBlockEachOther() {
    List<HostSpec> hosts = new ArrayList<>();
    List<Link> links = new ArrayList<>();
    Probe probe =
        new Probe(
            "both",
            "test",
            EnumSet.of(Step.LINK_SOURCE, Step.LINK_DESTINATION),
            Duration.ofSeconds(5),
            0,
            Optional.empty(),
            false,
            "true");
    for (String name : List.of("a", "b", "c", "d", "e", "f", "g", "h")) {
      hosts.add(ssh(name));
      for (HostSpec other : hosts) {
        if (!other.typed().equals(name)) {
          links.add(new Link(name, other.typed(), Map.of(), List.of(probe)));
          links.add(new Link(other.typed(), name, Map.of(), List.of(probe)));
        }
      }
    }
    Connector connector = (host, options) -> FakeConnection.printing(0, "\nmc CLOCK 1\n", "", true);
    try (Fleet fleet = fleet(connector, 0, Duration.ofSeconds(30))) {
      fleet.collect(hosts, List.of());
      assertThat(opened).hasSize(8);
      assertThat(fleet.measure(links)).hasSize(56);
    }
    assertThat(opened).allMatch(c -> c.closed);
  }

  @Test
  void aCutAnswerIsCalledCut() {
    Connector connector =
        (host, options) ->
            new FakeConnection() {
              @Override
              public ScriptResult run(String script, ScriptLimits limits)
                  throws ConnectionException {
                ScriptResult whole = super.run(script, limits);
                return new ScriptResult(
                    Optional.empty(),
                    Arrays.copyOf(whole.stdout(), whole.stdout().length - 50),
                    whole.stderr(),
                    true,
                    false,
                    whole.sentAt(),
                    whole.firstByteAt());
              }
            };
    try (Fleet fleet = fleet(connector, 0, Duration.ofSeconds(30))) {
      HostEvidence evidence = fleet.collect(List.of(ssh("a")), PROBES).get(0);
      assertThat(evidence.failure()).isEmpty();
      assertThat(evidence.probes().get("hello/x").completeness()).isEqualTo(Completeness.TRUNCATED);
    }
  }
}
