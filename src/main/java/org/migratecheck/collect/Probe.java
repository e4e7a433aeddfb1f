package org.migratecheck.collect;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A read-only shell snippet that is run on a host, as described in {@code checks/README.md}.
 *
 * @param name the evidence that it gives; lowercase letters, digits and dashes
 * @param what one line that says what it looks at
 * @param steps when it runs
 * @param deadline how long it may take
 * @param guests for how many judged guests the deadline is made; 0 where it does not depend on them
 * @param sideEffect what it does beyond reading, for the report; empty where it only reads
 * @param alone whether it waits until the other probes of its step are done, because it would
 *     disturb them
 * @param text the whole shell text
 */
public record Probe(
    String name,
    String what,
    Set<Step> steps,
    Duration deadline,
    int guests,
    Optional<String> sideEffect,
    boolean alone,
    String text) {

  /** When a probe runs. */
  public enum Step {
    /** First, on every host. */
    HOST,
    /** Second, on the source of one direction, while the destination runs its own. */
    LINK_SOURCE,
    /** Second, on the destination of one direction. */
    LINK_DESTINATION
  }

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");
  private static final Duration INLINE_DEADLINE = Duration.ofSeconds(20);

  /** Copies the set and refuses what the batched script could not carry. */
  public Probe {
    steps = Collections.unmodifiableSet(EnumSet.copyOf(steps));
    if (!isName(name)) {
      throw new IllegalArgumentException("'" + name + "' is no name of a probe");
    }
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("probe " + name + " contains a NUL character");
    }
  }

  /** Returns a probe of the first step that a check file brings along. */
  public static Probe inline(String name, String text) {
    return new Probe(
        name,
        "what the check " + name + " asks for",
        EnumSet.of(Step.HOST),
        INLINE_DEADLINE,
        0,
        Optional.empty(),
        false,
        text);
  }

  /** Returns the same probe with another deadline. */
  Probe within(Duration other) {
    return new Probe(name, what, steps, other, guests, sideEffect, alone, text);
  }

  /** Returns the same probe with the deadline that it needs to ask about so many guests. */
  public Probe forGuests(int judged) {
    return guests == 0 || judged <= guests
        ? this
        : within(deadline.multipliedBy(judged).dividedBy(guests));
  }

  /** Returns whether {@code text} can name a probe. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }
}
