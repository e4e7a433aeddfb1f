package org.migratecheck.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Where a live migration would meet a problem. The first four are the phases of libvirt's migration
 * protocol, version 3 (libvirt, src/libvirt-domain.c: virDomainMigrateVersion3Full).
 */
public enum Phase {
  /** Refused by the source's libvirt before it asks the destination; the guest keeps running. */
  @JsonProperty("begin")
  BEGIN("begin: the source refuses before anything is sent"),
  /** Refused by the destination before memory is copied; the guest keeps running. */
  @JsonProperty("prepare")
  PREPARE("prepare: the destination refuses before memory is copied"),
  /** While memory is copied; the guest usually goes on at the source. */
  @JsonProperty("perform")
  PERFORM("perform: it fails or never ends while memory is copied"),
  /** When the destination takes over. */
  @JsonProperty("finish")
  FINISH("finish: it fails when the destination takes over"),
  /** After a migration that seemed to succeed. */
  @JsonProperty("after")
  AFTER("after: the migration succeeds and the damage shows later"),
  /** In no phase: libvirt does not look at it. */
  @JsonProperty("none")
  NONE("none: libvirt does not look at it");

  private final String text;

  Phase(String text) {
    this.text = text;
  }

  /** Returns the phase's name and what happens there, for people. */
  public String text() {
    return text;
  }

  /** Returns the name as check files and JSON spell it. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
