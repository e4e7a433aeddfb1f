package org.migratecheck.check;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.migratecheck.model.Observed;

/**
 * What an evaluator or rule found for one subject.
 *
 * @param skip the key below {@code skip} in the check file when the check does not apply, else
 *     empty
 * @param problems what is wrong; none and no skip is a pass
 * @param observed the values seen on each side
 * @param values what replaces {@code {name}} in the pass or skip text
 */
public record Outcome(
    String skip, List<Problem> problems, List<Observed> observed, Map<String, String> values) {
  /** Copies the collections. */
  public Outcome {
    problems = List.copyOf(problems);
    observed = List.copyOf(observed);
    values = java.util.Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /** Returns a pass with the values seen. */
  public static Outcome pass(List<Observed> observed) {
    return new Outcome("", List.of(), observed, Map.of());
  }

  /** Returns "does not apply"; {@code reason} is a key below {@code skip} in the check file. */
  public static Outcome skipped(String reason) {
    return new Outcome(reason, List.of(), List.of(), Map.of());
  }

  /** Returns the problems, or a pass where there are none. */
  public static Outcome of(List<Problem> problems, List<Observed> observed) {
    return new Outcome("", problems, observed, Map.of());
  }

  /** Returns the same outcome with one more value for the pass or skip text. */
  public Outcome with(String name, String value) {
    Map<String, String> more = new TreeMap<>(values);
    more.put(name, value);
    return new Outcome(skip, problems, observed, more);
  }
}
