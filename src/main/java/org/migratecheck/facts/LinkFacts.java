package org.migratecheck.facts;

import org.migratecheck.model.LinkEvidence;

/** The facts of one direction, parsed from link evidence on first use. Not thread-safe. */
public final class LinkFacts {
  private final LinkEvidence evidence;
  private final FactView view = new FactView();

  /** Creates a view on {@code evidence}. */
  public LinkFacts(LinkEvidence evidence) {
    this.evidence = evidence;
  }

  /** Returns the evidence behind the facts. */
  public LinkEvidence evidence() {
    return evidence;
  }

  /**
   * Returns a fact of place LINK_SOURCE or LINK_DESTINATION.
   *
   * @throws Undetermined where the evidence does not tell
   */
  public <T> T get(Fact<T> fact) {
    return switch (fact.place()) {
      case HOST -> throw new IllegalArgumentException(fact.name() + " is a host fact");
      case LINK_SOURCE -> view.get(fact, new Outputs(evidence.source(), evidence.onSource()));
      case LINK_DESTINATION ->
          view.get(fact, new Outputs(evidence.destination(), evidence.onDestination()));
    };
  }
}
