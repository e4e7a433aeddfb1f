package org.migratecheck.model;

import java.util.Comparator;

/**
 * The order of findings everywhere: what must be mended first comes first, then by id and subject.
 */
public final class FindingOrder {
  private FindingOrder() {}

  private static final Comparator<Finding> ORDER =
      Comparator.comparingInt(FindingOrder::urgency)
          .thenComparing(Finding::group)
          .thenComparing(Finding::id)
          .thenComparing(f -> f.source().isEmpty())
          .thenComparing(f -> f.source().orElse(""))
          .thenComparing(f -> f.destination().orElse(""))
          .thenComparing(f -> f.guest().orElse(""));

  /** Returns the comparator. */
  public static Comparator<Finding> comparator() {
    return ORDER;
  }

  private static int urgency(Finding finding) {
    int status =
        switch (finding.status()) {
          case FAIL -> 0;
          case ERROR -> 1;
          case WAIVED -> 2;
          case WARN -> 3;
          case PASS -> 10;
          case SKIPPED -> 11;
        };
    return status < 10 ? status * 3 + finding.severity().ordinal() : status * 3;
  }
}
