package org.migratecheck.check;

import java.util.Optional;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.LinkFacts;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.Policy;
import tools.jackson.databind.JsonNode;

/**
 * All that an evaluator may look at for one subject.
 *
 * @param source the facts of the source; for host scope, of the host itself
 * @param destination the facts of the destination; for host scope the same as {@code source}
 * @param linkFacts the facts of this direction; empty for host scope or when not collected
 * @param subject the guest, for guest scope
 * @param policy the policy in force
 * @param parameters the check's {@code parameters}, an object
 */
public record CheckContext(
    HostFacts source,
    HostFacts destination,
    Optional<LinkFacts> linkFacts,
    Optional<Guest> subject,
    Policy policy,
    JsonNode parameters) {

  /** Returns the facts of one side. */
  public HostFacts side(Side side) {
    return side == Side.SOURCE ? source : destination;
  }

  /** Returns a fact of the source; for host scope, of the host itself. */
  public <T> T source(Fact<T> fact) {
    return source.get(fact);
  }

  /** Returns a fact of the destination. */
  public <T> T destination(Fact<T> fact) {
    return destination.get(fact);
  }

  /**
   * Returns a fact of this direction.
   *
   * @throws Undetermined also when no link evidence was collected
   */
  public <T> T link(Fact<T> fact) {
    return linkFacts
        .orElseThrow(
            () ->
                new Undetermined(
                    "nothing was measured from " + source.name() + " to " + destination.name(),
                    "Collect both hosts in one run."))
        .get(fact);
  }

  /** Returns the guest; only for guest scope. */
  public Guest guest() {
    return subject.orElseThrow(() -> new IllegalStateException("the check has no guest scope"));
  }
}
