package org.migratecheck.model;

import java.util.Collection;

/** The answer for a host pair or a whole run. */
public enum Verdict {
  /** Every blocker that applies was evaluated and passed. */
  READY,
  /** No blocker failed, but one could not be determined or nothing was evaluated. */
  UNDETERMINED,
  /** At least one blocker failed. */
  NOT_READY;

  /** Returns how people write it: {@code NOT READY} with a space. */
  public String label() {
    return name().replace('_', ' ');
  }

  /**
   * Returns the worst of {@code verdicts}; UNDETERMINED for none, because nothing was evaluated.
   */
  public static Verdict worst(Collection<Verdict> verdicts) {
    return verdicts.stream().max(java.util.Comparator.naturalOrder()).orElse(UNDETERMINED);
  }
}
