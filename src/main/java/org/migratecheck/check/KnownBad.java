package org.migratecheck.check;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.migratecheck.model.Policy;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Known bad combinations of versions: files {@code known-bad.yaml}, which are data of one check and
 * no checks themselves. A row of a later directory replaces one with the same id.
 */
final class KnownBad {
  /** The name of such a file, in whatever directory of checks. */
  static final String FILE = "known-bad.yaml";

  /** The check that judges by the rows. */
  static final String CHECK = "known-bad-versions";

  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{1,63}");
  private static final Pattern CONDITION =
      Pattern.compile("(?:(?:[<>]=?|=)[0-9][A-Za-z0-9._+~-]*\\s*)+");
  private static final Pattern FLAG = Pattern.compile("[a-z][a-z0-9-]*");
  private static final Set<String> GUEST_KEYS =
      Set.of("path", "attributes", "text", "at-least", "absent");

  private final Map<String, JsonNode> rows = new LinkedHashMap<>();

  /** The shape of a file; unknown keys are refused. */
  record File(@JsonProperty(required = true) List<Row> rows) {}

  /** The shape of a row. */
  record Row(
      @JsonProperty(required = true) String id,
      @JsonProperty(required = true) When when,
      @JsonProperty(required = true) String level,
      @JsonProperty(required = true) String effect,
      Optional<String> error,
      @JsonProperty(required = true) String fix,
      @JsonProperty(required = true) String reference) {}

  /** The shape of a row's conditions. */
  record When(
      Map<String, String> source,
      Map<String, String> destination,
      Map<String, String> either,
      List<JsonNode> guest,
      List<String> flags) {}

  /**
   * Takes the rows of a file.
   *
   * @param tree the same file as a tree
   * @return what is wrong, each with the key at which it stands; nothing is taken then
   */
  List<CheckResolver.Mistake> add(File file, JsonNode tree) {
    List<CheckResolver.Mistake> wrong = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Row row : file.rows()) {
      if (!ID.matcher(row.id()).matches() || !ids.add(row.id())) {
        wrong.add(mistake("a row has an id of its own, of small letters, digits and hyphens", row));
      }
      if (!Set.of("blocker", "warning", "info").contains(row.level())) {
        wrong.add(mistake("the level is blocker, warning or info", row));
      }
      if (row.effect().isBlank() || row.fix().isBlank() || row.reference().isBlank()) {
        wrong.add(mistake("effect, fix and reference say something", row));
      }
      conditions(row, wrong);
    }
    if (wrong.isEmpty()) {
      tree.path("rows").forEach(row -> rows.put(row.path("id").asString(), row));
    }
    return wrong;
  }

  private static void conditions(Row row, List<CheckResolver.Mistake> wrong) {
    When when = row.when();
    List<Map<String, String>> versions = new ArrayList<>();
    for (Map<String, String> side :
        java.util.Arrays.asList(when.source(), when.destination(), when.either())) {
      if (side != null && !side.isEmpty()) {
        versions.add(side);
      }
    }
    if (versions.isEmpty()) {
      wrong.add(mistake("it needs a version on the source, the destination or either", row));
    }
    for (Map<String, String> side : versions) {
      for (String condition : side.values()) {
        if (condition == null || !CONDITION.matcher(condition).matches()) {
          wrong.add(mistake("a version looks like '>=9.10.0 <10.2.0'", row));
        }
      }
    }
    for (JsonNode guest : when.guest() == null ? List.<JsonNode>of() : when.guest()) {
      guest(row, guest, wrong);
    }
    for (String flag : when.flags() == null ? List.<String>of() : when.flags()) {
      if (!FLAG.matcher(flag).matches()) {
        wrong.add(mistake("a flag is an option of virsh migrate without its hyphens", row));
      }
    }
  }

  private static void guest(Row row, JsonNode guest, List<CheckResolver.Mistake> wrong) {
    if (!guest.isObject() || guest.path("path").asString("").isEmpty()) {
      wrong.add(mistake("a condition on the guest has a 'path'", row));
      return;
    }
    guest
        .propertyNames()
        .forEach(
            key -> {
              if (!GUEST_KEYS.contains(key)) {
                wrong.add(mistake("a condition on the guest has no key '" + key + "'", row));
              }
            });
    List<String> patterns = new ArrayList<>();
    patterns.add(guest.path("text").asString(""));
    guest.path("attributes").properties().forEach(e -> patterns.add(e.getValue().asString("")));
    for (String pattern : patterns) {
      try {
        Pattern.compile(pattern);
      } catch (PatternSyntaxException e) {
        wrong.add(mistake("'" + pattern + "' is no regular expression", row));
      }
    }
  }

  private static CheckResolver.Mistake mistake(String reason, Row row) {
    return new CheckResolver.Mistake("- id: " + row.id(), row.id() + ": " + reason);
  }

  /** Returns the check with all rows among its parameters. */
  Check into(Check check) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    rows.values().forEach(all::add);
    Map<Policy, JsonNode> parameters = new EnumMap<>(Policy.class);
    for (Policy policy : Policy.values()) {
      ObjectNode with = JsonNodeFactory.instance.objectNode();
      check.parameters().get(policy).properties().forEach(e -> with.set(e.getKey(), e.getValue()));
      with.set("rows", all);
      parameters.put(policy, with);
    }
    return check.with(parameters);
  }
}
