package org.migratecheck.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactRegistry;
import org.migratecheck.model.Phase;
import org.migratecheck.model.Policy;
import org.migratecheck.model.Scope;
import org.migratecheck.model.Severity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Turns a check file into a check: finds its facts, evaluator and rules, and names its mistakes.
 */
final class CheckResolver {
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{1,63}");

  private final FactRegistry facts;
  private final Map<String, Supplier<Evaluator>> evaluators;

  CheckResolver(FactRegistry facts, Map<String, Supplier<Evaluator>> evaluators) {
    this.facts = facts;
    this.evaluators = evaluators;
  }

  /** A mistake of meaning and the key at which it stands. */
  record Mistake(String key, String reason) {}

  Check resolve(CheckFile file, String name, String origin, List<Mistake> wrong) {
    if (!ID.matcher(file.id()).matches()) {
      wrong.add(new Mistake("id", "an id has small letters, digits and hyphens"));
    } else if (!file.id().equals(name)) {
      wrong.add(new Mistake("id", "the id '" + file.id() + "' is not the file's name"));
    }
    if (!ID.matcher(file.group()).matches()) {
      wrong.add(new Mistake("group", "a group has small letters, digits and hyphens"));
    }
    Map<String, String> probes = new LinkedHashMap<>();
    Optional<Fact<?>> own = ownFact(file, probes, wrong);
    List<Fact<?>> needs = needs(file, own, wrong);
    Map<Policy, Evaluator> judge = new EnumMap<>(Policy.class);
    Map<Policy, Severity> severities = new EnumMap<>(Policy.class);
    Map<Policy, JsonNode> parameters = new EnumMap<>(Policy.class);
    Map<Policy, String> skips = new EnumMap<>(Policy.class);
    Map<Policy, CheckFile.Change> changes = file.policies() == null ? Map.of() : file.policies();
    Optional<Evaluator> evaluator = evaluator(file, wrong);
    for (Policy policy : Policy.values()) {
      Optional<CheckFile.Change> change = Optional.ofNullable(changes.get(policy));
      change.flatMap(CheckFile.Change::skip).ifPresent(reason -> skips.put(policy, reason));
      severities.put(policy, change.flatMap(CheckFile.Change::severity).orElse(file.severity()));
      parameters.put(
          policy, merged(file.parameters(), change.map(CheckFile.Change::parameters).orElse(null)));
      JsonNode rule = change.map(CheckFile.Change::rule).orElse(null);
      JsonNode chosen = present(rule) ? rule : file.rule();
      if (evaluator.isPresent()) {
        judge.put(policy, evaluator.get());
      } else if (present(chosen)) {
        rule(file, chosen, needs, wrong).ifPresent(e -> judge.put(policy, e));
      }
    }
    if (evaluator.isEmpty() && !present(file.rule()) && file.evaluator().isEmpty()) {
      wrong.add(new Mistake("id", "a check needs a 'rule' or an 'evaluator'"));
    }
    if (evaluator.isPresent() && present(file.rule())) {
      wrong.add(new Mistake("rule", "a check has a 'rule' or an 'evaluator', not both"));
    }
    return new Check(
        file.id(),
        file.group(),
        file.title(),
        file.scope(),
        file.severity(),
        file.phase().orElse(Phase.NONE),
        file.measured().orElse(false),
        needs,
        file.active(),
        judge,
        severities,
        parameters,
        skips,
        new CheckTexts(
            file.why(),
            file.how() == null ? "" : file.how(),
            file.pass(),
            file.skip() == null ? Map.of() : file.skip(),
            file.problems(),
            file.reference()),
        probes,
        origin);
  }

  private Optional<Evaluator> evaluator(CheckFile file, List<Mistake> wrong) {
    if (file.evaluator().isEmpty()) {
      return Optional.empty();
    }
    Supplier<Evaluator> supplier = evaluators.get(file.evaluator().get());
    if (supplier == null) {
      wrong.add(
          new Mistake("evaluator", "no evaluator is called '" + file.evaluator().get() + "'"));
      return Optional.empty();
    }
    return Optional.of(supplier.get());
  }

  private List<Fact<?>> needs(CheckFile file, Optional<Fact<?>> own, List<Mistake> wrong) {
    List<Fact<?>> needs = new ArrayList<>();
    for (String need : file.needs() == null ? List.<String>of() : file.needs()) {
      Optional<Fact<?>> fact = facts.find(need);
      if (fact.isEmpty()) {
        wrong.add(new Mistake("needs", "no fact is called '" + need + "'"));
      } else if (file.scope() == Scope.HOST && fact.get().place() != Fact.Place.HOST) {
        wrong.add(new Mistake("needs", "'" + need + "' is measured between two hosts"));
      } else {
        needs.add(fact.get());
      }
    }
    own.ifPresent(needs::add);
    return needs;
  }

  private static Optional<Fact<?>> ownFact(
      CheckFile file, Map<String, String> probes, List<Mistake> wrong) {
    if (file.probe().isEmpty()) {
      return Optional.empty();
    }
    if (file.parse().isEmpty()) {
      wrong.add(new Mistake("probe", "an inline probe needs 'parse'"));
      return Optional.empty();
    }
    String probe = "site-" + file.id();
    probes.put(probe, file.probe().get());
    try {
      return Optional.of(InlineProbe.fact(probe, file.parse().get(), file.pattern().orElse("")));
    } catch (IllegalArgumentException e) {
      wrong.add(new Mistake("pattern", e.getMessage()));
      return Optional.empty();
    }
  }

  private static Optional<Evaluator> rule(
      CheckFile file, JsonNode rule, List<Fact<?>> needs, List<Mistake> wrong) {
    try {
      Rule parsed = Rule.of(rule, file.scope(), needs);
      for (String kind : parsed.kinds()) {
        if (!file.problems().containsKey(kind)) {
          wrong.add(
              new Mistake("problems", "this rule needs words for the problem '" + kind + "'"));
        }
      }
      return Optional.of(parsed);
    } catch (IllegalArgumentException e) {
      wrong.add(new Mistake("rule", e.getMessage()));
      return Optional.empty();
    }
  }

  private static JsonNode merged(JsonNode base, JsonNode change) {
    var result = JsonNodeFactory.instance.objectNode();
    for (JsonNode node : new JsonNode[] {base, change}) {
      if (node != null && node.isObject()) {
        node.properties().forEach(e -> result.set(e.getKey(), e.getValue()));
      }
    }
    return result;
  }

  private static boolean present(JsonNode node) {
    return node != null && !node.isNull() && !node.isMissingNode();
  }
}
