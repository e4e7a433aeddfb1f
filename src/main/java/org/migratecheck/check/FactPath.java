package org.migratecheck.check;

import java.util.List;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.Undetermined;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A path into a fact, such as {@code os.versionId}: the fact's name, then fields.
 *
 * @param path the path as written
 * @param fact the fact of its first step
 * @param fields the other steps
 */
record FactPath(String path, Fact<?> fact, List<String> fields) {
  private static final JsonMapper MAPPER = new JsonMapper();

  static FactPath of(JsonNode setting, List<Fact<?>> facts) {
    if (setting == null || !setting.isString()) {
      throw new IllegalArgumentException("the rule needs a fact path such as os.versionId");
    }
    String path = setting.asString();
    for (Fact<?> fact : facts) {
      if (path.equals(fact.name()) || path.startsWith(fact.name() + ".")) {
        String rest = path.substring(fact.name().length());
        return new FactPath(
            path, fact, rest.isEmpty() ? List.of() : List.of(rest.substring(1).split("\\.")));
      }
    }
    throw new IllegalArgumentException("the path '" + path + "' starts with no fact of 'needs'");
  }

  /** Returns the value at this path. */
  JsonNode node(HostFacts facts) {
    JsonNode node = MAPPER.valueToTree(facts.get(fact));
    for (String field : fields) {
      node =
          node.isArray() && field.matches("[0-9]{1,6}")
              ? node.path(Integer.parseInt(field))
              : node.path(field);
    }
    if (node.isMissingNode()) {
      throw new Undetermined(facts.name() + ": there is no '" + path + "'");
    }
    return node;
  }

  /** Returns the value at this path as text; a list or table as JSON. */
  String text(HostFacts facts) {
    JsonNode node = node(facts);
    if (node.isNull()) {
      return "";
    }
    return node.isValueNode() ? node.asString() : node.toString();
  }
}
