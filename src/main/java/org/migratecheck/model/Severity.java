package org.migratecheck.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How bad it is when a check does not pass; a property of the check, which policy may change. */
public enum Severity {
  /** A problem refuses, breaks or endangers the migration. */
  @JsonProperty("blocker")
  BLOCKER,
  /** A problem that an administrator should know of and may accept. */
  @JsonProperty("warning")
  WARNING,
  /** Worth knowing; never changes the verdict. */
  @JsonProperty("info")
  INFO;

  /** Returns the lower-case word used in YAML, JSON and reports. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
