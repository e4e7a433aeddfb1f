package org.migratecheck.collect;

import org.migratecheck.model.HostEvidence;
import org.migratecheck.remote.HostSpec;

/** Hears how far collecting has come; called from several threads at once. */
public interface Progress {
  /** Hears nothing. */
  Progress NONE = new Progress() {};

  /** A connection to {@code host} is being opened. */
  default void connecting(HostSpec host) {}

  /** The probes of {@code host} are running. */
  default void collecting(HostSpec host) {}

  /** The first step ended for {@code host}, with evidence or with a failure. */
  default void collected(HostSpec host, HostEvidence evidence) {}

  /** The second step ended for one direction; both are names as typed. */
  default void measured(String source, String destination) {}
}
