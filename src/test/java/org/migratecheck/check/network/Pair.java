package org.migratecheck.check.network;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.migratecheck.check.CatalogueException;
import org.migratecheck.check.Direction;
import org.migratecheck.check.Judge;
import org.migratecheck.facts.Guests;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.LinkFacts;
import org.migratecheck.facts.network.FakeHost;
import org.migratecheck.model.ClockOffset;
import org.migratecheck.model.Finding;
import org.migratecheck.model.HostEvidence;
import org.migratecheck.model.HostIdentity;
import org.migratecheck.model.LinkEvidence;
import org.migratecheck.model.Policy;
import org.migratecheck.model.ProbeOutput;
import org.migratecheck.testing.Examples;
import org.migratecheck.testing.Reports;

/** Two made-up hosts, and what was measured between them; their clocks are right to 10 ms. */
final class Pair {
  private final FakeHost source;
  private final FakeHost destination;
  private final SortedMap<String, ProbeOutput> onSource = new TreeMap<>();
  private final SortedMap<String, ProbeOutput> onDestination = new TreeMap<>();

  Pair(FakeHost source, FakeHost destination) {
    this.source = source;
    this.destination = destination;
  }

  Pair onSource(String part, String text) {
    onSource.put(part, output(text));
    return this;
  }

  Pair onDestination(String part, String text) {
    onDestination.put(part, output(text));
    return this;
  }

  private static ProbeOutput output(String text) {
    return new ProbeOutput(ProbeOutput.Completeness.COMPLETE, 0, text, "", 1);
  }

  private static HostFacts facts(String name, FakeHost host) {
    return new HostFacts(
        new HostEvidence(
            HostEvidence.SCHEMA_VERSION,
            name,
            HostIdentity.UNKNOWN,
            Instant.EPOCH,
            1,
            Optional.of(new ClockOffset(-10, 10)),
            host.outputs(),
            List.of(),
            Optional.empty()));
  }

  /** Returns the finding of a check of guest scope for the first guest. */
  Finding find(String id) {
    HostFacts from = facts("a", source);
    HostFacts to = facts("b", destination);
    LinkFacts link = new LinkFacts(new LinkEvidence("a", "b", onSource, onDestination));
    Direction direction =
        new Direction(from, to, Optional.of(link), from.get(Guests.FACT), List.of());
    try {
      return Examples.noted(
              new Judge(
                      Reports.load(List.of(Path.of("checks"))).select(List.of(id), List.of()),
                      Policy.STRICT)
                  .judge(List.of(from, to), List.of(direction)))
          .stream()
          .filter(f -> f.id().equals(id))
          .findFirst()
          .orElseThrow();
    } catch (CatalogueException e) {
      throw new IllegalStateException(e);
    }
  }
}
