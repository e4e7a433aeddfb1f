package org.migratecheck.model;

/** One check's answer for one subject. */
public enum Status {
  /** Evaluated, and what must hold holds. */
  PASS,
  /** Evaluated, and a problem was found that does not block. */
  WARN,
  /** Evaluated, and a problem was found that blocks. */
  FAIL,
  /** Could not be determined: evidence is missing, cut, unreadable or not permitted. */
  ERROR,
  /** Does not apply here; the message gives the reason. */
  SKIPPED,
  /** A dated, reasoned exception covers the problem; the original finding stays visible. */
  WAIVED
}
