package org.migratecheck.facts.firewall;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.migratecheck.facts.Undetermined;

/** Reads what {@code iptables-save} and {@code ip6tables-save} print. */
final class IptablesText {
  private final FilterTable.Syntax syntax;
  private final String family;
  private final List<FilterTable> tables = new ArrayList<>();
  private String table = "";
  private boolean inTable;
  private final Map<String, String> policies = new LinkedHashMap<>();
  private final Map<String, List<String>> rules = new LinkedHashMap<>();

  IptablesText(FilterTable.Syntax syntax, String family) {
    this.syntax = syntax;
    this.family = family;
  }

  List<FilterTable> parse(String text) {
    text.lines().forEach(this::line);
    if (inTable) {
      throw new Undetermined("the output of iptables-save is cut");
    }
    return tables;
  }

  private void line(String line) {
    if (line.isEmpty() || line.charAt(0) == '#') {
      return;
    }
    if (line.charAt(0) == '*' && !inTable) {
      table = line.substring(1).strip();
      inTable = true;
    } else if (!inTable) {
      throw unreadable();
    } else if (line.charAt(0) == ':') {
      String[] words = line.substring(1).split(" ");
      if (words.length < 2) {
        throw unreadable();
      }
      policies.put(words[0], words[1]);
      rules.putIfAbsent(words[0], new ArrayList<>());
    } else if (line.strip().equals("COMMIT")) {
      commit();
    } else {
      rule(line);
    }
  }

  /** A rule: {@code [packets:bytes] -A CHAIN ...}. */
  private void rule(String line) {
    String rest = line;
    if (rest.startsWith("[")) {
      rest = rest.substring(rest.indexOf(']') + 1).stripLeading();
    }
    if (!rest.startsWith("-A ")) {
      throw unreadable();
    }
    int end = rest.indexOf(' ', 3);
    String chain = end < 0 ? rest.substring(3) : rest.substring(3, end);
    rules
        .computeIfAbsent(chain, k -> new ArrayList<>())
        .add(end < 0 ? "" : rest.substring(end + 1));
  }

  private void commit() {
    Map<String, FilterChain> chains = new LinkedHashMap<>();
    rules.forEach(
        (name, list) -> {
          String policy = policies.getOrDefault(name, "-");
          chains.put(name, new FilterChain(name, hook(name, policy), list));
        });
    tables.add(new FilterTable(syntax, family, table, chains, Map.of()));
    inTable = false;
    policies.clear();
    rules.clear();
  }

  /** Chains of the kernel have a policy, others a hyphen. */
  private Optional<FilterChain.Hook> hook(String name, String policy) {
    if (policy.equals("-")) {
      return Optional.empty();
    }
    return Optional.of(
        new FilterChain.Hook(
            table.equals("nat") ? "nat" : "filter",
            name.toLowerCase(Locale.ROOT),
            policy.equals("ACCEPT"),
            Set.of()));
  }

  private static Undetermined unreadable() {
    return new Undetermined("the output of iptables-save is not readable");
  }
}
