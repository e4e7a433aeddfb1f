package org.migratecheck.facts;

import java.util.List;
import java.util.Map;

/**
 * Tells the probes of the second step what to look at; found through {@link
 * java.util.ServiceLoader}. The values become shell variables, quoted by the collect floor.
 */
public interface LinkVariables {
  /**
   * Returns variables by name ({@code MC_...}) for one direction.
   *
   * @param source the facts of the source
   * @param destination the facts of the destination
   * @param guests the guests that are judged
   */
  Map<String, String> variables(HostFacts source, HostFacts destination, List<Guest> guests);
}
