package org.migratecheck.facts;

import org.migratecheck.model.HostEvidence;

/** The facts of one host, parsed from its evidence on first use. Not thread-safe. */
public final class HostFacts {
  private final HostEvidence evidence;
  private final FactView view = new FactView();

  /** Creates a view on {@code evidence}. */
  public HostFacts(HostEvidence evidence) {
    this.evidence = evidence;
  }

  /** Returns the host's name as typed. */
  public String name() {
    return evidence.host();
  }

  /** Returns the evidence behind the facts. */
  public HostEvidence evidence() {
    return evidence;
  }

  /**
   * Returns a fact of place {@link Fact.Place#HOST}.
   *
   * @throws Undetermined where the evidence does not tell
   */
  public <T> T get(Fact<T> fact) {
    if (fact.place() != Fact.Place.HOST) {
      throw new IllegalArgumentException(fact.name() + " is no host fact");
    }
    return view.get(fact, new Outputs(evidence.host(), evidence.probes()));
  }
}
