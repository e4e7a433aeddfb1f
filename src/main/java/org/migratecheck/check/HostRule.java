package org.migratecheck.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.Observed;
import tools.jackson.databind.JsonNode;

/** A condition on one value of one host. */
record HostRule(FactPath path, String kind, Predicate<JsonNode> holds) implements Rule {
  @Override
  public Set<String> kinds() {
    return Set.of(kind);
  }

  @Override
  public Outcome evaluate(CheckContext context) {
    String value = path.text(context.source());
    List<Problem> problems = new ArrayList<>();
    if (!holds.test(path.node(context.source()))) {
      problems.add(Problem.on(Side.SOURCE, kind, "value", value, "item", path.path()));
    }
    return Outcome.of(problems, List.of(new Observed(path.path(), value, ""))).with("value", value);
  }

  static HostRule of(String name, JsonNode settings, List<Fact<?>> facts) {
    return switch (name) {
      case "matches" -> {
        Pattern pattern = Pattern.compile(settings.path("pattern").asString(""));
        yield new HostRule(
            FactPath.of(settings.get("path"), facts),
            "mismatch",
            n -> pattern.matcher(new BoundedText(text(n))).find());
      }
      case "one-of" -> {
        List<String> values = new ArrayList<>();
        settings.path("values").forEach(v -> values.add(v.asString()));
        if (values.isEmpty()) {
          throw new IllegalArgumentException("'one-of' needs 'values'");
        }
        yield new HostRule(
            FactPath.of(settings.get("path"), facts), "mismatch", n -> values.contains(text(n)));
      }
      case "empty" ->
          new HostRule(
              FactPath.of(settings, facts),
              "not-empty",
              n -> n.isValueNode() ? text(n).isEmpty() : n.isEmpty());
      case "within" -> {
        double min = settings.path("min").asDouble(Double.NEGATIVE_INFINITY);
        double max = settings.path("max").asDouble(Double.POSITIVE_INFINITY);
        yield new HostRule(
            FactPath.of(settings.get("path"), facts),
            "outside",
            n -> number(n) >= min && number(n) <= max);
      }
      default -> throw new IllegalArgumentException("no rule is called '" + name + "'");
    };
  }

  private static String text(JsonNode node) {
    return node.isNull() ? "" : node.isValueNode() ? node.asString() : node.toString();
  }

  private static double number(JsonNode node) {
    try {
      return Double.parseDouble(text(node).strip());
    } catch (NumberFormatException e) {
      throw new Undetermined("a value that must be a number is none");
    }
  }
}
