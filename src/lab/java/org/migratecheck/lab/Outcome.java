package org.migratecheck.lab;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * What the real {@code virsh migrate} does while a fault is there.
 *
 * @param kind the sort of ending
 * @param text for {@link Kind#REFUSED}, {@link Kind#DIES_MIDWAY} and {@link Kind#MAY_DIE} a part of
 *     libvirt's own words; else what is wrong afterwards
 * @param proof for {@link Kind#DAMAGES} whether the damage is there: not yet before the migration,
 *     but soon after it
 */
record Outcome(Kind kind, String text, Predicate<Lab> proof) {
  enum Kind {
    /** libvirt refuses or gives up, and says why; the guest stays where it is. */
    REFUSED,
    /** Neither refused nor done within the deadline. */
    HANGS,
    /** libvirt migrates, and something is broken afterwards. */
    DAMAGES,
    /** It begins and then fails; the guest may have been harmed. */
    DIES_MIDWAY,
    /** It begins, and then fails at some times and not at others. */
    MAY_DIE,
    /** libvirt does not look and migrates; the requirement is violated all the same. */
    NOT_LOOKED_AT,
    /** libvirt migrates, and nothing is wrong yet: what is found is about what comes later. */
    MOVES
  }

  static Outcome refused(String words) {
    return new Outcome(Kind.REFUSED, words, lab -> true);
  }

  static Outcome hangs() {
    return new Outcome(Kind.HANGS, "", lab -> true);
  }

  static Outcome diesMidway(String words) {
    return new Outcome(Kind.DIES_MIDWAY, words, lab -> true);
  }

  static Outcome mayDie(String words) {
    return new Outcome(Kind.MAY_DIE, words, lab -> true);
  }

  static Outcome moves() {
    return new Outcome(Kind.MOVES, "", lab -> true);
  }

  static Outcome damages(String what, Predicate<Lab> proof) {
    return new Outcome(Kind.DAMAGES, what, proof);
  }

  static Outcome notLookedAt() {
    return new Outcome(Kind.NOT_LOOKED_AT, "", lab -> true);
  }

  /** Returns whether the guest arrives unharmed. */
  boolean arrives() {
    return kind == Kind.NOT_LOOKED_AT || kind == Kind.MOVES;
  }

  /** Returns whether it is the same whatever the guest does meanwhile. */
  boolean leavesTheGuestAlone() {
    return kind == Kind.REFUSED || kind == Kind.HANGS || arrives();
  }

  /** Returns whether a migration ended this way. */
  boolean describes(Lab lab, Migration migration) {
    boolean failed =
        !migration.arrived()
            && !migration.exec().timedOut()
            && migration.exec().text().contains(lab.own(text));
    return switch (kind) {
      case REFUSED, DIES_MIDWAY -> failed;
      case MAY_DIE -> failed || migration.arrived();
      case HANGS -> migration.exec().timedOut();
      case DAMAGES -> migration.arrived() && damagedSoon(lab);
      case NOT_LOOKED_AT, MOVES -> migration.arrived();
    };
  }

  private boolean damagedSoon(Lab lab) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!proof.test(lab)) {
      if (System.nanoTime() > end) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return kind + (text.isEmpty() ? "" : " (" + text + ")");
  }
}
