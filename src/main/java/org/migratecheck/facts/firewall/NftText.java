package org.migratecheck.facts.firewall;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.migratecheck.facts.Undetermined;

/**
 * Reads what {@code nft list ruleset} prints. The text form is taken because it is a fifth of the
 * JSON form's size, is there in every version, and shows iptables' own matches.
 */
final class NftText {
  private static final Pattern TABLE = Pattern.compile("table (\\w+) (\\S+) \\{.*");
  private static final Pattern BLOCK = Pattern.compile("(chain|set|map) (\\S+) \\{.*");
  private static final Pattern HOOK =
      Pattern.compile("type (\\w+) hook (\\w+) (?:devices? (.*?))?priority [^;]*;(.*)");
  private static final Pattern DEVICE = Pattern.compile("[^\\s\"={},]+");
  private static final Pattern ELEMENTS = Pattern.compile("elements = \\{(.*)}");

  private final Iterator<String> lines;

  private NftText(Iterator<String> lines) {
    this.lines = lines;
  }

  static List<FilterTable> parse(String text) {
    return new NftText(text.lines().iterator()).tables();
  }

  private List<FilterTable> tables() {
    List<FilterTable> tables = new ArrayList<>();
    while (lines.hasNext()) {
      String line = lines.next().strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Matcher table = TABLE.matcher(line);
      if (!table.matches()) {
        throw new Undetermined("the output of 'nft list ruleset' is not readable");
      }
      boolean empty = line.endsWith("{}") || line.endsWith("{ }");
      Map<String, FilterChain> chains = new LinkedHashMap<>();
      Map<String, FilterSet> sets = new LinkedHashMap<>();
      if (empty || table(chains, sets)) {
        tables.add(
            new FilterTable(FilterTable.Syntax.NFT, table.group(1), table.group(2), chains, sets));
      }
    }
    return tables;
  }

  /** Reads a table's body; returns whether the table is in force. */
  private boolean table(Map<String, FilterChain> chains, Map<String, FilterSet> sets) {
    boolean active = true;
    while (true) {
      String line = statement();
      if (line.equals("}")) {
        return active;
      }
      Matcher block = BLOCK.matcher(line);
      if (line.startsWith("flags ") && line.contains("dormant")) {
        active = false;
      } else if (block.matches() && line.endsWith("{")) {
        List<String> body = body();
        if (block.group(1).equals("chain")) {
          chains.put(block.group(2), chain(block.group(2), body));
        } else {
          sets.put(block.group(2), new FilterSet(elements(body)));
        }
      } else if (line.endsWith("{")) {
        body(); // flowtables, named counters, helpers: they decide nothing
      }
    }
  }

  private List<String> body() {
    List<String> body = new ArrayList<>();
    int depth = 0;
    while (true) {
      String line = statement();
      if (line.equals("}")) {
        if (depth == 0) {
          return body;
        }
        depth--;
      } else if (!line.isEmpty() && line.charAt(0) != '#') {
        if (line.endsWith("{")) {
          depth++;
        }
        body.add(line);
      }
    }
  }

  /** Returns the next line; sets that run over several lines are joined to one. */
  private String statement() {
    String line = next();
    int open = open(line);
    if (open == 0 || (open == 1 && line.endsWith("{")) || open < 0) {
      return line;
    }
    StringBuilder whole = new StringBuilder(line);
    while (open > 0) {
      String more = next();
      open += open(more);
      whole.append(' ').append(more);
    }
    return whole.toString();
  }

  private String next() {
    if (!lines.hasNext()) {
      throw new Undetermined("the output of 'nft list ruleset' is cut");
    }
    return lines.next().strip();
  }

  /** Returns how many braces stay open at the end of the line; braces in quotes do not count. */
  private static int open(String line) {
    int open = 0;
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && c == '{') {
        open++;
      } else if (!quoted && c == '}') {
        open--;
      }
    }
    return open;
  }

  private static FilterChain chain(String name, List<String> body) {
    Optional<FilterChain.Hook> hook = Optional.empty();
    List<String> rules = new ArrayList<>(body.size());
    for (String line : body) {
      Matcher matcher = line.startsWith("type ") ? HOOK.matcher(line) : null;
      if (matcher != null && matcher.matches()) {
        hook =
            Optional.of(
                new FilterChain.Hook(
                    matcher.group(1),
                    matcher.group(2),
                    !matcher.group(4).contains("policy drop"),
                    devices(matcher.group(3))));
      } else if (line.startsWith("type ") && line.contains(" hook ")) {
        throw new Undetermined("a chain of nftables has a hook that is not readable");
      } else if (!line.startsWith("comment ") && !line.startsWith("policy ")) {
        rules.add(line);
      }
    }
    return new FilterChain(name, hook, rules);
  }

  /** Reads {@code eth1}, {@code "eth1"} or <code>= { eth1, eth2 }</code>. */
  private static Set<String> devices(@Nullable String text) {
    return text == null
        ? Set.of()
        : DEVICE.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
  }

  private static String elements(List<String> body) {
    for (String line : body) {
      Matcher matcher = ELEMENTS.matcher(line);
      if (matcher.matches()) {
        return matcher.group(1).strip();
      }
    }
    return "";
  }
}
