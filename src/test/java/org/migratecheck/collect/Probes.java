package org.migratecheck.collect;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;

/** Probes for tests. */
final class Probes {
  private Probes() {}

  static Probe probe(String name, int deadline, String text) {
    return probe(Probe.Step.HOST, name, deadline, text);
  }

  static Probe probe(Probe.Step step, String name, int deadline, String text) {
    return new Probe(
        name,
        "test",
        EnumSet.of(step),
        Duration.ofSeconds(deadline),
        0,
        Optional.empty(),
        false,
        text);
  }
}
