package org.migratecheck.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was measured for one direction: on the source towards the destination, and on the
 * destination for the guests of the source.
 *
 * @param source the source's name as typed
 * @param destination the destination's name as typed
 * @param onSource outputs by probe name of the probes that ran on the source
 * @param onDestination outputs by probe name of the probes that ran on the destination
 */
public record LinkEvidence(
    String source,
    String destination,
    SortedMap<String, ProbeOutput> onSource,
    SortedMap<String, ProbeOutput> onDestination) {
  /** Copies the maps. */
  public LinkEvidence {
    onSource = Collections.unmodifiableSortedMap(new TreeMap<>(onSource));
    onDestination = Collections.unmodifiableSortedMap(new TreeMap<>(onDestination));
  }

  /** Returns this evidence with that of further probes of the same direction. */
  public LinkEvidence with(LinkEvidence more) {
    SortedMap<String, ProbeOutput> here = new TreeMap<>(onSource);
    here.putAll(more.onSource);
    SortedMap<String, ProbeOutput> there = new TreeMap<>(onDestination);
    there.putAll(more.onDestination);
    return new LinkEvidence(source, destination, here, there);
  }
}
