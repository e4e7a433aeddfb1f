package org.migratecheck.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.migratecheck.collect.Fleet;
import org.migratecheck.collect.Link;
import org.migratecheck.collect.Probe;
import org.migratecheck.collect.Probe.Step;
import org.migratecheck.collect.Progress;
import org.migratecheck.model.ClockOffset;
import org.migratecheck.model.HostEvidence;
import org.migratecheck.model.HostIdentity;
import org.migratecheck.model.LinkEvidence;
import org.migratecheck.model.ProbeOutput;
import org.migratecheck.model.ProbeOutput.Completeness;
import org.migratecheck.remote.ConnectOptions;
import org.migratecheck.remote.HostConnection;
import org.migratecheck.remote.ScriptLimits;
import org.migratecheck.remote.ScriptResult;

final class DemoHostsTest {
  private static HostEvidence host(String name, SortedMap<String, ProbeOutput> probes) {
    String other = name.equals("kvm1") ? "kvm2" : "kvm1";
    return new HostEvidence(
        HostEvidence.SCHEMA_VERSION,
        name,
        HostIdentity.UNKNOWN,
        Instant.EPOCH,
        10,
        Optional.of(new ClockOffset(-3_601_000, -3_599_000)),
        probes,
        List.of(
            new LinkEvidence(
                name,
                other,
                one("reach", "from " + name + " to " + other),
                one("listen", other + " for " + name))),
        Optional.empty());
  }

  private static SortedMap<String, ProbeOutput> one(String name, String text) {
    SortedMap<String, ProbeOutput> outputs = new TreeMap<>();
    outputs.put(name, new ProbeOutput(Completeness.COMPLETE, 0, text, "", 10));
    return outputs;
  }

  private static Probe probe(String name, Step step) {
    return new Probe(
        name, name, EnumSet.of(step), Duration.ofSeconds(5), 0, Optional.empty(), false, "exit 99");
  }

  private static List<Path> leftovers() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files.filter(f -> f.toString().contains("migrate-check-demo")).toList();
    }
  }

  @Test
  void replaysBothStepsOverSsh() throws Exception {
    List<Path> before = leftovers();
    SortedMap<String, ProbeOutput> first = one("os", "one");
    first.put("os/part", new ProbeOutput(Completeness.TRUNCATED, 3, "p\u00e4rt", "err", 20));
    Recording recording =
        new Recording(List.of(host("kvm1", first), host("kvm2", one("os", "two"))));
    try (DemoHosts hosts = DemoHosts.start(recording);
        Fleet fleet =
            new Fleet(
                hosts.connector(),
                ConnectOptions.defaults(),
                new Fleet.Options(0, Duration.ofSeconds(30), true),
                Progress.NONE)) {
      List<HostEvidence> evidence =
          fleet.collect(
              hosts.hosts(), List.of(probe("os", Step.HOST), probe("unrecorded", Step.HOST)));
      first.put("unrecorded", ProbeOutput.missing());
      assertThat(evidence.get(0).failure()).isEmpty();
      assertThat(evidence.get(0).probes()).isEqualTo(first);
      assertThat(evidence.get(1).probes().get("os").stdout()).isEqualTo("two");
      assertThat(evidence.get(0).identity().transport()).isEqualTo("ssh");
      assertThat(evidence.get(0).identity().user()).isEqualTo("root");
      ClockOffset clock = evidence.get(0).clock().orElseThrow();
      assertThat(clock.lowMillis()).isBetween(-3_630_000L, -3_600_000L);
      assertThat(clock.highMillis()).isBetween(-3_600_000L, -3_570_000L);
      List<Probe> probes =
          List.of(probe("reach", Step.LINK_SOURCE), probe("listen", Step.LINK_DESTINATION));
      assertThat(
              fleet.measure(
                  List.of(
                      new Link("kvm1", "kvm2", Map.of(), probes),
                      new Link("kvm2", "kvm1", Map.of(), probes))))
          .isEqualTo(Stream.of("kvm1", "kvm2").map(n -> host(n, first).links().get(0)).toList());
    }
    assertThat(leftovers()).isEqualTo(before);
  }

  @Test
  void runsNoCommands() throws Exception {
    Recording recording = new Recording(List.of(host("kvm1", one("os", "one"))));
    try (DemoHosts hosts = DemoHosts.start(recording);
        HostConnection connection =
            hosts.connector().connect(hosts.hosts().get(0), ConnectOptions.defaults())) {
      ScriptResult result =
          connection.run(
              "echo hello > /tmp/never", new ScriptLimits(Duration.ofSeconds(20), 1000, 1000));
      assertThat(result.exitStatus()).contains(127);
      assertThat(new String(result.stderr(), StandardCharsets.UTF_8)).contains("replays");
      assertThat(result.stdout()).isEmpty();
    }
  }
}
