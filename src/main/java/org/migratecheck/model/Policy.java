package org.migratecheck.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How literally the requirement "same version, same updates, same network" is taken. */
public enum Policy {
  /** The requirement to the letter (default). */
  @JsonProperty("strict")
  STRICT,
  /** A newer destination, and network differences that no guest uses, are allowed. */
  @JsonProperty("compatible")
  COMPATIBLE;

  /** Returns the lower-case word used on the command line and in reports. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
