package org.migratecheck.testing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.model.ClockOffset;
import org.migratecheck.model.HostEvidence;
import org.migratecheck.model.HostIdentity;
import org.migratecheck.model.LinkEvidence;
import org.migratecheck.model.ProbeOutput;
import org.migratecheck.model.ProbeOutput.Completeness;

/** Builds evidence for tests from the text that real commands print. */
public final class EvidenceBuilder {
  private final String host;
  private final SortedMap<String, ProbeOutput> probes = new TreeMap<>();
  private final List<LinkEvidence> links = new ArrayList<>();
  private Optional<ClockOffset> clock = Optional.empty();

  private EvidenceBuilder(String host) {
    this.host = host;
  }

  /** Starts the evidence of a host. */
  public static EvidenceBuilder host(String name) {
    return new EvidenceBuilder(name);
  }

  /** Adds the output of a command that succeeded. */
  public EvidenceBuilder ok(String probe, String stdout) {
    return exit(probe, 0, stdout, "");
  }

  /** Adds the output of a command with its exit status and standard error. */
  public EvidenceBuilder exit(String probe, int status, String stdout, String stderr) {
    probes.put(probe, new ProbeOutput(Completeness.COMPLETE, status, stdout, stderr, 1));
    return this;
  }

  /** Adds evidence that is not whole. */
  public EvidenceBuilder broken(String probe, Completeness completeness, String stdout) {
    probes.put(probe, new ProbeOutput(completeness, -1, stdout, "", 1));
    return this;
  }

  /** Adds a direction in which this host is the source. */
  public EvidenceBuilder link(LinkEvidence link) {
    links.add(link);
    return this;
  }

  /** Sets the measured clock offset, in milliseconds. */
  public EvidenceBuilder clock(long low, long high) {
    clock = Optional.of(new ClockOffset(low, high));
    return this;
  }

  /** Returns the evidence. */
  public HostEvidence evidence() {
    return new HostEvidence(
        HostEvidence.SCHEMA_VERSION,
        host,
        new HostIdentity("ssh", "192.0.2.1", 22, "root", "ssh-ed25519 SHA256:x", true),
        Instant.parse("2026-01-01T00:00:00Z"),
        100,
        clock,
        probes,
        links,
        Optional.empty());
  }

  /** Returns the facts of the evidence. */
  public HostFacts facts() {
    return new HostFacts(evidence());
  }
}
