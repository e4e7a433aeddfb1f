package org.migratecheck.facts.ports;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * How names of the destination resolve on the source.
 *
 * @param addresses the addresses of each name that was asked for, in the resolver's order; an empty
 *     list where it does not resolve
 */
public record NameResolution(Map<String, List<String>> addresses) {
  /** Read from the probe {@code destination-path} on the source. */
  public static final Fact<NameResolution> FACT =
      new Fact<>(
          "nameResolution",
          Fact.Place.LINK_SOURCE,
          List.of("destination-path"),
          NameResolution::parse);

  /** Copies the map, whose order is kept. */
  public NameResolution {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    addresses.forEach((name, list) -> copy.put(name, List.copyOf(list)));
    addresses = Collections.unmodifiableMap(copy);
  }

  /**
   * Returns the addresses of {@code name}; none where it does not resolve.
   *
   * @throws Undetermined where the name was not asked for
   */
  public List<String> of(String name) {
    List<String> found = addresses.get(name);
    if (found == null) {
      throw new Undetermined(
          "the source was not asked how it resolves '" + name + "'", "Collect the evidence again.");
    }
    return found;
  }

  private static NameResolution parse(Outputs outputs) {
    Map<String, List<String>> result = new LinkedHashMap<>();
    List<String> current = List.of();
    for (String line : outputs.complete("destination-path/names").stdout().lines().toList()) {
      String[] words = line.strip().split(" ", -1);
      if (words.length == 2 && words[0].equals("name")) {
        current = result.computeIfAbsent(words[1], k -> new ArrayList<>());
      } else if (words.length == 2
          && words[0].equals("address")
          && !result.isEmpty()
          && Ip.parse(words[1]).isPresent()) {
        if (!current.contains(words[1])) {
          current.add(words[1]);
        }
      } else {
        throw new Undetermined(outputs.host() + ": the resolved names are not readable");
      }
    }
    return new NameResolution(result);
  }
}
