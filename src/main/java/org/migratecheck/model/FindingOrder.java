package org.migratecheck.model;

import java.util.Comparator;
import java.util.List;

/**
 * The order of findings everywhere: what must be mended first comes first. Among equals it is the
 * order in which a person can work them off: the hosts themselves (a fix may need a reboot), then
 * what connects them, then what the guests use, then the guests; groups of a site come last.
 */
public final class FindingOrder {
  private FindingOrder() {}

  private static final List<String> GROUPS =
      List.of(
          "run", "system", "time", "security", "network", "ports", "storage", "guest", "forecast");

  private static final Comparator<Finding> ORDER =
      Comparator.comparingInt(FindingOrder::urgency)
          .thenComparingInt(FindingOrder::place)
          .thenComparing(Finding::group)
          .thenComparing(Finding::phase)
          .thenComparing(Finding::id)
          .thenComparing(f -> f.source().isEmpty())
          .thenComparing(f -> f.source().orElse(""))
          .thenComparing(f -> f.destination().orElse(""))
          .thenComparing(f -> f.guest().orElse(""));

  /** Returns the comparator. */
  public static Comparator<Finding> comparator() {
    return ORDER;
  }

  private static int place(Finding finding) {
    int known = GROUPS.indexOf(finding.group());
    return known < 0 ? GROUPS.size() : known;
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
