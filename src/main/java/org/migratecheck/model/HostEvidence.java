package org.migratecheck.model;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that one host told, as stored by {@code collect} and replayed by {@code @FILE.json}.
 *
 * @param schemaVersion the version of this layout, {@link #SCHEMA_VERSION}
 * @param host the host's name as the user typed it
 * @param identity how the host was reached
 * @param collectedAt when collection began, by the clock of the machine that ran the audit
 * @param millis how long collection took
 * @param clock the host's clock against the auditing machine's, where it could be measured
 * @param probes outputs by probe name
 * @param links the directions in which this host is the source
 * @param failure why the host could not be read at all; then {@code probes} is empty
 */
public record HostEvidence(
    int schemaVersion,
    String host,
    HostIdentity identity,
    Instant collectedAt,
    long millis,
    Optional<ClockOffset> clock,
    SortedMap<String, ProbeOutput> probes,
    List<LinkEvidence> links,
    Optional<HostFailure> failure) {
  /** The layout version that this program writes and reads. */
  public static final int SCHEMA_VERSION = 1;

  /** Copies the collections. */
  public HostEvidence {
    probes = Collections.unmodifiableSortedMap(new TreeMap<>(probes));
    links = List.copyOf(links);
  }

  /** Returns the evidence of a host that could not be read. */
  public static HostEvidence failed(String host, Instant at, HostFailure failure) {
    return new HostEvidence(
        SCHEMA_VERSION,
        host,
        HostIdentity.UNKNOWN,
        at,
        0,
        Optional.empty(),
        new TreeMap<>(),
        List.of(),
        Optional.of(failure));
  }

  /** Returns the same evidence with {@code links} in place of its own. */
  public HostEvidence withLinks(List<LinkEvidence> newLinks) {
    return new HostEvidence(
        schemaVersion, host, identity, collectedAt, millis, clock, probes, newLinks, failure);
  }

  /** Returns the evidence towards {@code destination} (its name as typed), if it was collected. */
  public Optional<LinkEvidence> link(String destination) {
    return links.stream().filter(l -> l.destination().equals(destination)).findFirst();
  }
}
