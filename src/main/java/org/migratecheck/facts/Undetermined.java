package org.migratecheck.facts;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * A fact could not be determined: the evidence is missing, cut, unreadable or was not permitted.
 * Whoever judges turns it into an ERROR finding; nobody may read it as "nothing there".
 */
public final class Undetermined extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String advice;

  /**
   * Creates it.
   *
   * @param reason one line for people: what could not be determined and why
   * @param advice what would make it determinable, possibly a command; may be empty
   */
  public Undetermined(String reason, String advice) {
    super(reason, null, false, false);
    this.advice = advice;
  }

  /** Creates it without advice. */
  public Undetermined(String reason) {
    this(reason, "");
  }

  /** Returns what {@code fact} tells, for what can do without it: empty where undetermined. */
  public static <T> Optional<T> known(Supplier<T> fact) {
    try {
      return Optional.of(fact.get());
    } catch (Undetermined e) {
      return Optional.empty();
    }
  }

  /** Returns what would make the fact determinable; may be empty. */
  public String advice() {
    return advice;
  }
}
