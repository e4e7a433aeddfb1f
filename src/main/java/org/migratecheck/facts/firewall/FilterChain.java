package org.migratecheck.facts.firewall;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A chain of rules.
 *
 * @param name the name
 * @param hook where the kernel enters it; empty for chains that only rules lead to
 * @param rules the rules in order, one line each
 */
public record FilterChain(String name, Optional<Hook> hook, List<String> rules) {
  /** Copies the list. */
  public FilterChain {
    rules = List.copyOf(rules);
  }

  /**
   * Where the kernel enters a chain.
   *
   * @param type {@code filter}, {@code nat} or {@code route}
   * @param name {@code ingress}, {@code prerouting}, {@code input}, {@code output} ...
   * @param accepts whether what no rule decides is accepted
   * @param devices the links that it is bound to, as those of the family {@code netdev} are
   */
  public record Hook(String type, String name, boolean accepts, Set<String> devices) {
    /** Copies the set. */
    public Hook {
      devices = Set.copyOf(devices);
    }
  }
}
