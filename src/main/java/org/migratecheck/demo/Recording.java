package org.migratecheck.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.migratecheck.collect.BatchRequest;
import org.migratecheck.collect.EvidenceException;
import org.migratecheck.collect.EvidenceStore;
import org.migratecheck.collect.FrameWriter;
import org.migratecheck.model.HostEvidence;
import org.migratecheck.model.LinkEvidence;
import org.migratecheck.model.ProbeOutput;

/** What was recorded of a few hosts, and what each of them answers to a script. */
final class Recording {
  private final List<HostEvidence> hosts;

  Recording(List<HostEvidence> hosts) {
    this.hosts = List.copyOf(hosts);
  }

  /** Reads the recording that comes with the program. */
  static Recording ours() {
    List<HostEvidence> hosts = new ArrayList<>();
    for (String name : List.of("hostA.json", "hostB.json")) {
      try (InputStream in = Recording.class.getResourceAsStream("/demo/" + name)) {
        if (in == null) {
          throw new IllegalStateException("resource /demo/" + name + " is missing");
        }
        hosts.add(EvidenceStore.read(name, in));
      } catch (EvidenceException e) {
        throw new IllegalStateException(e.getMessage(), e);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return new Recording(hosts);
  }

  List<String> names() {
    return hosts.stream().map(HostEvidence::host).toList();
  }

  /**
   * Returns what {@code host} prints. A script does not say which direction it is for: there are
   * two hosts, so each is the source of one direction and the destination of one.
   */
  byte[] answer(String host, BatchRequest request) {
    HostEvidence mine = hosts.stream().filter(h -> h.host().equals(host)).findFirst().orElseThrow();
    SortedMap<String, ProbeOutput> outputs = new TreeMap<>();
    switch (request.step()) {
      case HOST -> outputs.putAll(mine.probes());
      case LINK_SOURCE ->
          links().stream()
              .filter(l -> l.source().equals(host))
              .forEach(l -> outputs.putAll(l.onSource()));
      case LINK_DESTINATION ->
          links().stream()
              .filter(l -> l.destination().equals(host))
              .forEach(l -> outputs.putAll(l.onDestination()));
    }
    return FrameWriter.write(request, Instant.now().plusMillis(offset(mine)), outputs);
  }

  private List<LinkEvidence> links() {
    return hosts.stream().flatMap(h -> h.links().stream()).toList();
  }

  /** The recorded clock was wrong by this much, and stays so. */
  private static long offset(HostEvidence host) {
    return host.clock().map(c -> (c.lowMillis() + c.highMillis()) / 2).orElse(0L);
  }
}
