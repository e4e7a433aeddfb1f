package org.migratecheck.lab;

import java.util.EnumMap;
import java.util.Map;

/**
 * The confusion matrix: verdicts against the truth, for each requirement. Safe for use by several
 * threads.
 */
final class Matrix {
  private static final class Counts {
    private int brokenNotReady;
    private int brokenReady;
    private int brokenUndetermined;
    private int soundReady;
    private int soundNotReady;
    private int soundUndetermined;
    private int found;
    private int faults;

    private void add(Counts other) {
      brokenNotReady += other.brokenNotReady;
      brokenReady += other.brokenReady;
      brokenUndetermined += other.brokenUndetermined;
      soundReady += other.soundReady;
      soundNotReady += other.soundNotReady;
      soundUndetermined += other.soundUndetermined;
      found += other.found;
      faults += other.faults;
    }
  }

  private final Map<Requirement, Counts> counts = new EnumMap<>(Requirement.class);

  private Counts of(Requirement requirement) {
    return counts.computeIfAbsent(requirement, key -> new Counts());
  }

  /**
   * Counts a verdict.
   *
   * @param sound whether the guest can be moved and nothing is violated
   */
  synchronized void count(Requirement requirement, boolean sound, String verdict) {
    Counts c = of(requirement);
    switch (verdict) {
      case "READY" -> {
        if (sound) {
          c.soundReady++;
        } else {
          c.brokenReady++;
        }
      }
      case "NOT_READY" -> {
        if (sound) {
          c.soundNotReady++;
        } else {
          c.brokenNotReady++;
        }
      }
      default -> {
        if (sound) {
          c.soundUndetermined++;
        } else {
          c.brokenUndetermined++;
        }
      }
    }
  }

  /** Counts whether a fault was found by one of the checks that are made for it. */
  synchronized void found(Requirement requirement, boolean byItsCheck) {
    Counts c = of(requirement);
    c.faults++;
    if (byItsCheck) {
      c.found++;
    }
  }

  @Override
  public synchronized String toString() {
    String format = "%-32s %11s %11s %13s   %11s %13s %13s   %9s%n";
    var text = new StringBuilder();
    text.append(
        format.formatted(
            "", "broken:", "broken:", "broken:", "sound:", "sound:", "sound:", "found"));
    text.append(
        format.formatted(
            "requirement",
            "NOT READY",
            "READY",
            "undetermined",
            "READY",
            "NOT READY",
            "undetermined",
            "by check"));
    var all = new Counts();
    counts.forEach(
        (requirement, c) -> {
          line(text, format, requirement.label(), c);
          all.add(c);
        });
    line(text, format, "all", all);
    text.append(
        "false READY %d, false NOT READY %d, undetermined %d%n"
            .formatted(
                all.brokenReady,
                all.soundNotReady,
                all.brokenUndetermined + all.soundUndetermined));
    return text.toString();
  }

  private static void line(StringBuilder text, String format, String label, Counts c) {
    text.append(
        format.formatted(
            label,
            c.brokenNotReady,
            c.brokenReady,
            c.brokenUndetermined,
            c.soundReady,
            c.soundNotReady,
            c.soundUndetermined,
            c.found + "/" + c.faults));
  }
}
