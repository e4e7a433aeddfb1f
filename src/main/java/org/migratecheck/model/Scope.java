package org.migratecheck.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What one finding of a check is about. */
public enum Scope {
  /** One host by itself; evaluated once per host. */
  @JsonProperty("host")
  HOST,
  /** A source and a destination; evaluated once per direction. */
  @JsonProperty("pair")
  PAIR,
  /** A guest moving from a source to a destination; evaluated once per guest and direction. */
  @JsonProperty("guest")
  GUEST
}
