package org.migratecheck.facts.firewall;

import java.util.List;
import java.util.Optional;

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
   */
  public record Hook(String type, String name, boolean accepts) {}
}
