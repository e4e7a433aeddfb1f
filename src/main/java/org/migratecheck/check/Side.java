package org.migratecheck.check;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The host of a pair that something is about. */
public enum Side {
  /** The host that the guest leaves; for host scope, the host itself. */
  @JsonProperty("source")
  SOURCE,
  /** The host that the guest goes to; for host scope, the host itself. */
  @JsonProperty("destination")
  DESTINATION
}
