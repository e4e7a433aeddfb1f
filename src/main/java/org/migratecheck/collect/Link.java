package org.migratecheck.collect;

import java.util.List;
import java.util.Map;

/**
 * One direction to be measured in the second step.
 *
 * @param source the source's name as typed
 * @param destination the destination's name as typed
 * @param variables shell variables for the probes, by name ({@code MC_...})
 * @param probes what to run; those of {@link Probe.Step#LINK_SOURCE} run on the source, those of
 *     {@link Probe.Step#LINK_DESTINATION} on the destination
 */
public record Link(
    String source, String destination, Map<String, String> variables, List<Probe> probes) {
  /** Copies the collections. */
  public Link {
    variables = Map.copyOf(variables);
    probes = List.copyOf(probes);
  }

  /** Returns the same direction with the probes that must, or need not, run alone. */
  public Link only(boolean alone) {
    return new Link(
        source, destination, variables, probes.stream().filter(p -> p.alone() == alone).toList());
  }

  List<Probe> of(Probe.Step step) {
    return probes.stream().filter(p -> p.steps().contains(step)).toList();
  }
}
