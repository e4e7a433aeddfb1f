package org.migratecheck.check;

/** The order in which rules compare versions: that of RPM, which dotted versions follow too. */
final class VersionOrder {
  private VersionOrder() {}

  /** Compares two versions, each {@code [epoch:]version[-release]}. */
  static int compare(String a, String b) {
    return org.migratecheck.facts.system.RpmVersion.compare(a, b);
  }
}
