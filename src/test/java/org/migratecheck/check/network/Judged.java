package org.migratecheck.check.network;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.migratecheck.check.Catalogue;
import org.migratecheck.check.CatalogueException;
import org.migratecheck.check.CatalogueLoader;
import org.migratecheck.check.Direction;
import org.migratecheck.check.Judge;
import org.migratecheck.facts.FactRegistry;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Guests;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.network.FakeHost;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Policy;
import org.migratecheck.testing.Examples;

/** Judges two made-up hosts with the real check files. */
final class Judged {
  private static final Catalogue CHECKS = load();

  private Judged() {}

  private static Catalogue load() {
    try {
      return new CatalogueLoader(FactRegistry.load()).load(List.of(Path.of("checks")));
    } catch (CatalogueException e) {
      throw new AssertionError(e.getMessage() + ": " + e.mistakes(), e);
    }
  }

  /** Returns the finding of a check under the strict policy; for guest scope of the first guest. */
  static Finding by(String id, FakeHost source, FakeHost destination) {
    return by(id, Policy.STRICT, source, destination);
  }

  /** Returns the finding of a check under a policy. */
  static Finding by(String id, Policy policy, FakeHost source, FakeHost destination) {
    return all(policy, source, destination, id).stream()
        .filter(f -> f.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** Returns all findings of the chosen checks or groups. */
  static List<Finding> all(Policy policy, FakeHost source, FakeHost destination, String... only) {
    HostFacts from = source.facts();
    HostFacts to = destination.facts();
    try {
      return Examples.noted(
          new Judge(CHECKS.select(List.of(only), List.of()), policy)
              .judge(
                  List.of(from, to),
                  List.of(new Direction(from, to, Optional.empty(), guests(from), List.of()))));
    } catch (CatalogueException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Guest> guests(HostFacts host) {
    try {
      return host.get(Guests.FACT);
    } catch (Undetermined e) {
      return List.of();
    }
  }
}
