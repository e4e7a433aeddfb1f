package org.migratecheck.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.migratecheck.facts.Fact;
import org.migratecheck.model.Observed;
import org.migratecheck.model.Scope;
import tools.jackson.databind.JsonNode;

/**
 * A judgement that a check file states by itself, over fact paths; see {@code checks/README.md}.
 */
interface Rule extends Evaluator {
  /** Returns the kinds of problem that this rule can find, for which the file must have words. */
  Set<String> kinds();

  /**
   * Reads a rule.
   *
   * @throws IllegalArgumentException with a reason for the author of the file
   */
  static Rule of(JsonNode rule, Scope scope, List<Fact<?>> facts) {
    if (!rule.isObject() || rule.size() != 1) {
      throw new IllegalArgumentException("a rule is one name with its settings");
    }
    Map.Entry<String, JsonNode> entry = rule.properties().iterator().next();
    String name = entry.getKey();
    JsonNode settings = entry.getValue();
    boolean compares = Set.of("equal", "at-least", "identical", "contains").contains(name);
    if (compares == (scope == Scope.HOST)) {
      throw new IllegalArgumentException(
          "the rule '"
              + name
              + "' does not fit the scope "
              + scope.name().toLowerCase(java.util.Locale.ROOT));
    }
    try {
      return switch (name) {
        case "equal" -> equal(FactPath.of(settings, facts));
        case "at-least" -> atLeast(FactPath.of(settings, facts));
        case "identical" -> new TableRule(new TableRule.Settings(settings, facts), true);
        case "contains" -> new TableRule(new TableRule.Settings(settings, facts), false);
        case "matches", "one-of", "empty", "within" -> HostRule.of(name, settings, facts);
        default -> throw new IllegalArgumentException("no rule is called '" + name + "'");
      };
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("not a regular expression: " + e.getDescription());
    }
  }

  private static Rule equal(FactPath path) {
    return new Compare(path, "differs", (a, b) -> a.equals(b));
  }

  private static Rule atLeast(FactPath path) {
    return new Compare(path, "older", (a, b) -> VersionOrder.compare(b, a) >= 0);
  }

  /** Compares one value of both sides. */
  record Compare(FactPath path, String kind, java.util.function.BiPredicate<String, String> holds)
      implements Rule {
    @Override
    public Set<String> kinds() {
      return Set.of(kind);
    }

    @Override
    public Outcome evaluate(CheckContext context) {
      String source = path.text(context.source());
      String destination = path.text(context.destination());
      List<Problem> problems = new ArrayList<>();
      if (!holds.test(source, destination)) {
        problems.add(
            Problem.of(
                kind,
                "source-value",
                source,
                "destination-value",
                destination,
                "item",
                path.path()));
      }
      return Outcome.of(problems, List.of(new Observed(path.path(), source, destination)))
          .with("value", source);
    }
  }
}
