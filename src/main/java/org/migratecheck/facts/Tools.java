package org.migratecheck.facts;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Which commands exist on a host. */
public final class Tools implements FactSource {
  /** The names of the commands of {@code checks/probes/tools.sh} that exist on the host. */
  public static final Fact<Set<String>> FACT =
      Fact.host(
          "tools",
          "tools",
          outputs ->
              outputs
                  .ok("tools")
                  .lines()
                  .map(String::strip)
                  .filter(l -> !l.isEmpty())
                  .collect(Collectors.toUnmodifiableSet()));

  @Override
  public List<Fact<?>> facts() {
    return List.of(FACT);
  }
}
