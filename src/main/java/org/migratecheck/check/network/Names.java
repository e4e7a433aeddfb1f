package org.migratecheck.check.network;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.migratecheck.facts.Undetermined;
import tools.jackson.databind.JsonNode;

/** A list of regular expressions in a check's parameters, each for a whole name. */
final class Names {
  private final List<Pattern> patterns;

  private Names(List<Pattern> patterns) {
    this.patterns = patterns;
  }

  /**
   * Reads it.
   *
   * @throws Undetermined when one is no regular expression
   */
  static Names of(JsonNode list) {
    List<Pattern> patterns = new ArrayList<>();
    for (JsonNode node : list) {
      try {
        patterns.add(Pattern.compile(node.asString("")));
      } catch (PatternSyntaxException e) {
        throw new Undetermined("the check's parameter is no regular expression: " + node);
      }
    }
    return new Names(List.copyOf(patterns));
  }

  /** Returns whether one of them matches all of {@code name}. */
  boolean contain(String name) {
    return patterns.stream().anyMatch(p -> p.matcher(name).matches());
  }
}
