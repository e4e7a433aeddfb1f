package org.migratecheck.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.Observed;
import tools.jackson.databind.JsonNode;

/** Compares tables of both sides by key: {@code identical} both ways, {@code contains} one way. */
final class TableRule implements Rule {
  private final Settings settings;
  private final boolean bothWays;

  TableRule(Settings settings, boolean bothWays) {
    this.settings = settings;
    this.bothWays = bothWays;
  }

  /** What the file says: which table, which field is the key, which columns count, which rows. */
  record Settings(
      FactPath table,
      Optional<String> key,
      List<String> columns,
      Optional<Pattern> only,
      Optional<Pattern> except) {
    Settings(JsonNode node, List<Fact<?>> facts) {
      this(
          FactPath.of(node.isString() ? node : node.get("table"), facts),
          Optional.ofNullable(node.get("key")).map(JsonNode::asString),
          columns(node.get("columns")),
          pattern(node.get("only")),
          pattern(node.get("except")));
      for (String name : node.propertyNames()) {
        if (!Set.of("table", "key", "columns", "only", "except").contains(name)) {
          throw new IllegalArgumentException("the rule has no setting '" + name + "'");
        }
      }
    }

    private static List<String> columns(JsonNode node) {
      List<String> columns = new ArrayList<>();
      if (node != null) {
        node.forEach(c -> columns.add(c.asString()));
      }
      return List.copyOf(columns);
    }

    private static Optional<Pattern> pattern(JsonNode node) {
      return Optional.ofNullable(node).map(n -> Pattern.compile(n.asString()));
    }

    private boolean counts(String item) {
      return only.map(p -> p.matcher(new BoundedText(item)).find()).orElse(true)
          && !except.map(p -> p.matcher(new BoundedText(item)).find()).orElse(false);
    }
  }

  @Override
  public Set<String> kinds() {
    return bothWays
        ? Set.of("only-on-source", "only-on-destination", "differs")
        : Set.of("only-on-source");
  }

  @Override
  public Outcome evaluate(CheckContext context) {
    SortedMap<String, String> source = rows(context.source());
    SortedMap<String, String> destination = rows(context.destination());
    SortedSet<String> items = new TreeSet<>(source.keySet());
    items.addAll(destination.keySet());
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    for (String item : items) {
      Optional<String> a = Optional.ofNullable(source.get(item));
      Optional<String> b = Optional.ofNullable(destination.get(item));
      kind(a, b)
          .ifPresent(
              kind -> {
                problems.add(
                    Problem.of(
                        kind,
                        "item",
                        item,
                        "source-value",
                        a.orElse(""),
                        "destination-value",
                        b.orElse("")));
                observed.add(new Observed(item, a.orElse(""), b.orElse("")));
              });
    }
    return Outcome.of(problems, observed).with("count", Integer.toString(source.size()));
  }

  private Optional<String> kind(Optional<String> source, Optional<String> destination) {
    if (destination.isEmpty()) {
      return Optional.of("only-on-source");
    }
    if (!bothWays || source.equals(destination)) {
      return Optional.empty();
    }
    return Optional.of(source.isEmpty() ? "only-on-destination" : "differs");
  }

  private SortedMap<String, String> rows(HostFacts host) {
    JsonNode table = settings.table().node(host);
    SortedMap<String, String> rows = new TreeMap<>();
    if (table.isObject()) {
      table.properties().forEach(e -> add(host, rows, e.getKey(), e.getValue()));
    } else if (table.isArray()) {
      for (JsonNode row : table) {
        add(host, rows, key(host, row), row);
      }
    } else {
      throw new Undetermined(host.name() + ": '" + settings.table().path() + "' is no table");
    }
    return rows;
  }

  private String key(HostFacts host, JsonNode row) {
    if (settings.key().isEmpty()) {
      return row.isValueNode() ? row.asString() : row.toString();
    }
    JsonNode key = row.path(settings.key().get());
    if (!key.isValueNode()) {
      throw new Undetermined(host.name() + ": a row has no '" + settings.key().get() + "'");
    }
    return key.asString();
  }

  private void add(HostFacts host, SortedMap<String, String> rows, String key, JsonNode row) {
    if (!settings.counts(key)) {
      return;
    }
    String value;
    if (row.isValueNode()) {
      value = settings.key().isEmpty() && settings.columns().isEmpty() ? row.asString() : "";
    } else if (settings.columns().isEmpty()) {
      value = row.toString();
    } else {
      List<String> cells = new ArrayList<>();
      for (String column : settings.columns()) {
        JsonNode cell = row.path(column);
        cells.add(cell.isValueNode() ? cell.asString() : cell.toString());
      }
      value = String.join(" ", cells);
    }
    // The same key twice is two rows: they are compared together, never the last one alone.
    rows.merge(key, value, (a, b) -> a.compareTo(b) <= 0 ? a + ", " + b : b + ", " + a);
    if (rows.size() > 1_000_000) {
      throw new Undetermined(host.name() + ": the table is too large");
    }
  }
}
