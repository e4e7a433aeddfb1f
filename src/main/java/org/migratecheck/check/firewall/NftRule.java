package org.migratecheck.check.firewall;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.migratecheck.facts.firewall.FilterSet;
import org.migratecheck.facts.firewall.FilterTable;

/** Works out what one rule of nftables does to a packet. */
final class NftRule {
  private static final Set<String> LOG_OPTIONS =
      Set.of("prefix", "level", "group", "snaplen", "queue-threshold", "flags");
  private static final Set<String> ELSEWHERE =
      Set.of("dnat", "redirect", "tproxy", "queue", "fwd", "synproxy", "notrack");
  private static final Set<String> EQUAL = Set.of("==", "eq");
  private static final Set<String> NOT_EQUAL = Set.of("!=", "ne");
  private static final Set<String> COMPARE = Set.of("<", ">", "<=", ">=", "lt", "gt", "le", "ge");
  private static final Set<String> ARITHMETIC = Set.of("&", "|", "^", "<<", ">>", "and", "or");
  private static final List<String> NO_ELEMENT_KEY =
      List.of("timeout", "expires", "counter", "comment", "limit", "quota", "last");

  private final FilterTable table;
  private final Packet packet;
  private final Map<String, Reach> sets;
  private final NftTokens tokens;
  private Reach reach;
  private final List<Branch> branches = new ArrayList<>();

  private NftRule(FilterTable table, Packet packet, Map<String, Reach> sets, String rule) {
    this.table = table;
    this.packet = packet;
    this.sets = sets;
    this.tokens = new NftTokens(rule);
    this.reach = packet.yes();
  }

  /**
   * Returns what {@code rule} does, part by part.
   *
   * @param sets remembers what named sets hold for this packet, because one can have many elements
   */
  static List<Branch> read(FilterTable table, Packet packet, Map<String, Reach> sets, String rule) {
    NftRule reader = new NftRule(table, packet, sets, rule);
    reader.read();
    return reader.branches;
  }

  private void read() {
    while (tokens.more() && !reach.never()) {
      NftSelector selector = NftSelector.take(tokens, packet);
      if (selector != null) {
        condition(selector);
      } else if (statement()) {
        return;
      }
    }
  }

  /** Takes a statement; returns whether it ends the rule. */
  private boolean statement() {
    String word = tokens.take();
    switch (word) {
      case "accept", "masquerade", "snat" -> branches.add(new Branch(reach, Verdict.ACCEPT, ""));
      case "drop", "reject" -> branches.add(new Branch(reach, Verdict.BLOCK, ""));
      case "return" -> branches.add(new Branch(reach, Verdict.RETURN, ""));
      case "jump", "goto" ->
          branches.add(
              new Branch(reach, word.equals("jump") ? Verdict.JUMP : Verdict.GOTO, tokens.take()));
      case "continue" -> {
        return true;
      }
      case "counter" -> {
        if (tokens.take("packets")) {
          tokens.skip(3);
        } else if (tokens.take("name")) {
          tokens.skip(1);
        }
        return false;
      }
      case "log" -> {
        while (LOG_OPTIONS.contains(tokens.peek())) {
          tokens.skip(2);
        }
        return false;
      }
      case "comment" -> {
        tokens.skip(1);
        return false;
      }
      default -> {
        if (ELSEWHERE.contains(word)) {
          branches.add(new Branch(reach, Verdict.DOUBT, ""));
          return true;
        }
        reach = reach.and(packet.maybe());
        return false;
      }
    }
    return true;
  }

  /** Takes the rest of a condition, or of a statement that only looks like one. */
  private void condition(NftSelector first) {
    List<NftSelector> key = new ArrayList<>(List.of(first));
    while (tokens.peek().equals(".")) {
      tokens.skip(1);
      NftSelector more = NftSelector.take(tokens, packet);
      if (more == null) {
        reach = reach.and(packet.maybe());
        return;
      }
      key.add(more);
    }
    if (key.contains(NftSelector.NEVER)) { // also `udp dport != 53`
      reach = packet.no();
      return;
    }
    String operator = tokens.peek();
    if (operator.equals("set")) { // `meta mark set 1` decides nothing
      tokens.skip(2);
    } else if (operator.equals("vmap")) {
      tokens.skip(1);
      verdicts(key);
    } else if (key.equals(List.of(NftSelector.TCP_FLAGS))) {
      reach = reach.and(flags());
    } else if (ARITHMETIC.contains(operator)) {
      tokens.skip(1);
      reach = reach.and(packet.maybe());
    } else if (COMPARE.contains(operator)) {
      tokens.skip(1);
      reach = reach.and(compared(key, operator, tokens.take()));
    } else {
      boolean negated = NOT_EQUAL.contains(operator);
      if (negated || EQUAL.contains(operator)) {
        tokens.skip(1);
      }
      Reach match = values(key);
      if (negated && key.contains(packet.incoming() ? NftSelector.OIF : NftSelector.IIF)) {
        match = packet.maybe(); // an interface that is not there: kernels differ
      }
      reach = reach.and(negated ? match.not(packet.all()) : match);
    }
  }

  private Reach values(List<NftSelector> key) {
    if (tokens.take("{")) {
      return any(key, tokens.elements());
    }
    String value = tokens.take();
    if (value.startsWith("@")) {
      return named(key, value.substring(1));
    }
    List<String> element = new ArrayList<>(List.of(value));
    while (tokens.peek().equals(".")) {
      tokens.skip(1);
      element.add(".");
      element.add(tokens.take());
    }
    Reach match = element(key, element);
    while (tokens.take(",")) {
      match = match.or(element(key, List.of(tokens.take())));
    }
    return match;
  }

  private Reach any(List<NftSelector> key, List<List<String>> elements) {
    Reach result = packet.no();
    for (List<String> element : elements) {
      result = result.or(element(key, element));
    }
    return result;
  }

  private Reach named(List<NftSelector> key, String name) {
    FilterSet set = table.sets().get(name);
    if (set == null) {
      return packet.maybe();
    }
    String id = table.family() + ' ' + table.name() + ' ' + name + ' ' + key;
    Reach known = sets.get(id);
    if (known == null) {
      known = any(key, new NftTokens(set.elements()).elements());
      sets.put(id, known);
    }
    return known;
  }

  /** One element: a value for each part of the key, with dots between them. */
  private Reach element(List<NftSelector> key, List<String> element) {
    Reach match = packet.yes();
    int index = 0;
    for (NftSelector selector : key) {
      if (index >= element.size()) {
        return packet.maybe();
      }
      match = match.and(selector.is(packet, element.get(index)));
      index += 2;
    }
    boolean plain = index - 1 >= element.size() || NO_ELEMENT_KEY.contains(element.get(index - 1));
    return plain ? match : match.and(packet.maybe());
  }

  private void verdicts(List<NftSelector> key) {
    List<List<String>> elements;
    if (tokens.take("{")) {
      elements = tokens.elements();
    } else {
      FilterSet set = table.sets().get(tokens.take().replaceFirst("^@", ""));
      if (set == null) {
        branches.add(new Branch(reach, Verdict.DOUBT, ""));
        return;
      }
      elements = new NftTokens(set.elements()).elements();
    }
    for (List<String> element : elements) {
      int colon = element.indexOf(":");
      if (colon < 0) {
        branches.add(new Branch(reach, Verdict.DOUBT, ""));
        continue;
      }
      Reach match = reach.and(element(key, element.subList(0, colon)));
      NftTokens verdict = new NftTokens(element.subList(colon + 1, element.size()));
      if (!match.never()) {
        verdict(match, verdict);
      }
    }
  }

  private void verdict(Reach match, NftTokens verdict) {
    String word = verdict.take();
    switch (word) {
      case "accept" -> branches.add(new Branch(match, Verdict.ACCEPT, ""));
      case "drop" -> branches.add(new Branch(match, Verdict.BLOCK, ""));
      case "return" -> branches.add(new Branch(match, Verdict.RETURN, ""));
      case "jump" -> branches.add(new Branch(match, Verdict.JUMP, verdict.take()));
      case "goto" -> branches.add(new Branch(match, Verdict.GOTO, verdict.take()));
      case "continue" -> {
        // the next rule
      }
      default -> branches.add(new Branch(match, Verdict.DOUBT, ""));
    }
  }

  private Reach compared(List<NftSelector> key, String operator, String value) {
    boolean destination = key.equals(List.of(NftSelector.DPORT));
    if (!destination && !key.equals(List.of(NftSelector.SPORT))) {
      return packet.maybe();
    }
    try {
      int number = Integer.parseInt(value);
      return switch (operator) {
        case "<", "lt" -> packet.port(destination, 0, number - 1);
        case "<=", "le" -> packet.port(destination, 0, number);
        case ">", "gt" -> packet.port(destination, number + 1, 65535);
        default -> packet.port(destination, number, 65535);
      };
    } catch (NumberFormatException e) {
      return packet.maybe();
    }
  }

  /**
   * {@code flags syn}, {@code flags & (fin | syn) == syn}, {@code flags syn / fin,syn}, each with
   * {@code !=} too.
   */
  private Reach flags() {
    if (tokens.take("&")) {
      OptionalInt mask = TcpFlags.bits(flagNames());
      boolean negated = tokens.take("!=");
      if (!negated && !tokens.take("==")) {
        return packet.maybe();
      }
      Reach match = TcpFlags.equal(packet, mask, TcpFlags.bits(flagNames()));
      return negated ? match.not(packet.all()) : match;
    }
    boolean negated = tokens.take("!=");
    boolean exact = tokens.take("==");
    if (tokens.take("{")) {
      tokens.elements();
      return packet.maybe();
    }
    OptionalInt value = TcpFlags.bits(flagNames());
    Reach match;
    if (tokens.take("/")) {
      match = TcpFlags.equal(packet, TcpFlags.bits(flagNames()), value);
    } else if (exact || negated) {
      match = TcpFlags.equal(packet, OptionalInt.of(0xff), value);
    } else {
      match = TcpFlags.any(packet, value);
    }
    return negated ? match.not(packet.all()) : match;
  }

  private List<String> flagNames() {
    List<String> names = new ArrayList<>();
    boolean open = tokens.take("(");
    names.add(tokens.take());
    while (tokens.take("|") || tokens.take(",")) {
      names.add(tokens.take());
    }
    if (open) {
      tokens.take(")");
    }
    return names;
  }
}
