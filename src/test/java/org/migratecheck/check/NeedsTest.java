package org.migratecheck.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.migratecheck.collect.EvidenceStore;
import org.migratecheck.facts.Fact;
import org.migratecheck.model.Finding;
import org.migratecheck.model.HostEvidence;
import org.migratecheck.model.LinkEvidence;
import org.migratecheck.model.ProbeOutput;
import org.migratecheck.model.Report;
import org.migratecheck.testing.Reports;

/**
 * A check must name every fact that it looks at: with the evidence of its own needs alone it must
 * say the same as with all evidence. Otherwise {@code --only} would make it undetermined.
 */
final class NeedsTest {
  private static List<HostEvidence> hosts;
  private static Catalogue all;
  private static Report whole;

  @BeforeAll
  static void judgeTheRecordedHosts() throws Exception {
    all = Reports.load(List.of(Path.of("checks")));
    hosts = List.of(recorded("hostA"), recorded("hostB"));
    whole = Reports.assess(all, hosts);
  }

  static Stream<String> checks() throws Exception {
    return Reports.load(List.of(Path.of("checks"))).checks().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("checks")
  void aCheckNamesEveryFactThatItLooksAt(String id) throws Exception {
    Catalogue one = id.equals(Catalogue.HOST_READ) ? all : all.select(List.of(id), List.of());
    Set<String> probes =
        Stream.of(Fact.Place.values())
            .flatMap(place -> one.probes(place).stream())
            .collect(Collectors.toSet());
    probes.add("guests");
    List<HostEvidence> less = hosts.stream().map(h -> only(h, probes)).toList();
    assertThat(of(Reports.assess(one, less), id)).isEqualTo(of(whole, id));
  }

  private static List<Finding> of(Report report, String id) {
    return report.findings().stream().filter(f -> f.id().equals(id)).toList();
  }

  private static HostEvidence only(HostEvidence host, Set<String> probes) {
    List<LinkEvidence> links =
        host.links().stream()
            .map(
                l ->
                    new LinkEvidence(
                        l.source(),
                        l.destination(),
                        only(l.onSource(), probes),
                        only(l.onDestination(), probes)))
            .toList();
    return new HostEvidence(
        host.schemaVersion(),
        host.host(),
        host.identity(),
        host.collectedAt(),
        host.millis(),
        host.clock(),
        only(host.probes(), probes),
        links,
        host.failure());
  }

  private static SortedMap<String, ProbeOutput> only(
      Map<String, ProbeOutput> outputs, Set<String> probes) {
    SortedMap<String, ProbeOutput> some = new TreeMap<>(outputs);
    some.keySet().removeIf(name -> !probes.contains(name.split("/", 2)[0]));
    return some;
  }

  private static HostEvidence recorded(String name) throws Exception {
    try (InputStream in = NeedsTest.class.getResourceAsStream("/demo/" + name + ".json")) {
      return EvidenceStore.read(name, in);
    }
  }
}
