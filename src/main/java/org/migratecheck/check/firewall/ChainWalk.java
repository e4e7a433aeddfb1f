package org.migratecheck.check.firewall;

import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.firewall.FilterChain;
import org.migratecheck.facts.firewall.FilterTable;

/**
 * Follows all ports of a packet at once through one table, from one chain that the kernel enters.
 *
 * <p>What may be accepted and what may be blocked are collected apart, port by port: a condition
 * that nobody can know lets a port be in both, which is a doubt. So the answer never depends on a
 * guess.
 */
final class ChainWalk {
  /** Enough for any ruleset of a host; one made to loop for ever ends in a doubt. */
  private static final int MAX_RULES = 1_500_000;

  /** The kernel refuses deeper jumps (NFT_JUMP_STACK_SIZE). */
  private static final int MAX_DEPTH = 16;

  /** Names that firewalld gives to the chains of zones and policies. */
  private static final Pattern ZONE =
      Pattern.compile(
          "(?:filter_|mangle_|raw_|nat_)?(?:IN|OUT|PRE|POST)_(policy_)?(.+?)"
              + "(?:_(pre|log|deny|allow|post))?");

  private final FilterTable table;
  private final Packet packet;
  private final Map<String, Reach> sets = new HashMap<>();

  /** Conditions on how many packets or connections there are at the time. */
  private static final Pattern COUNTS =
      Pattern.compile(
          ".*(?:\\blimit rate\\b|\\bct count\\b|\\bquota\\b"
              + "|-m (?:limit|hashlimit|connlimit|recent|quota|statistic)\\b).*");

  private final BitSet accepted = new BitSet();
  private final BitSet counted = new BitSet();
  private final Map<Place, BitSet> blocked = new LinkedHashMap<>();
  private Optional<Blocker.Zone> lastZone = Optional.empty();
  private int rules;

  /** A rule that blocked something. */
  record Place(String chain, String rule, Optional<Blocker.Zone> zone) {}

  /**
   * What came of it.
   *
   * @param accepted the ports that may get through
   * @param blocked the ports that each rule may keep out
   * @param counted the ports for which a rule counts packets or connections
   */
  record Result(BitSet accepted, Map<Place, BitSet> blocked, BitSet counted) {}

  /** The walk takes too long. */
  private static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super(null, null, false, false);
    }
  }

  ChainWalk(FilterTable table, Packet packet) {
    this.table = table;
    this.packet = packet;
  }

  Result walk(FilterChain base, boolean accepts) {
    BitSet all = (BitSet) packet.all().clone();
    try {
      BitSet left = follow(base, all, 0);
      if (accepts) {
        accepted.or(left);
      } else if (!left.isEmpty()) {
        block(base, "policy drop", left);
      }
    } catch (TooLong e) {
      accepted.or(packet.all());
      block(base, "more rules than can be followed", packet.all());
    }
    return new Result(accepted, blocked, counted);
  }

  /** Returns the ports that come out at the chain's end. */
  private BitSet follow(FilterChain chain, BitSet entering, int depth) {
    if (depth > MAX_DEPTH) {
      throw new TooLong();
    }
    BitSet live = (BitSet) entering.clone();
    BitSet returned = new BitSet();
    for (String rule : chain.rules()) {
      if (live.isEmpty()) {
        break;
      }
      if (++rules > MAX_RULES) {
        throw new TooLong();
      }
      for (Branch branch : read(rule)) {
        BitSet hits = (BitSet) branch.reach().may().clone();
        hits.and(live);
        if (!hits.isEmpty()) {
          if (!branch.reach().sure().equals(branch.reach().may())
              && COUNTS.matcher(rule).matches()) {
            counted.or(hits);
          }
          apply(chain, rule, branch, hits, live, returned, depth);
        }
      }
    }
    live.or(returned);
    return live;
  }

  private void apply(
      FilterChain chain,
      String rule,
      Branch branch,
      BitSet hits,
      BitSet live,
      BitSet returned,
      int depth) {
    switch (branch.verdict()) {
      case ACCEPT -> {
        accepted.or(hits);
        live.andNot(branch.reach().sure());
      }
      case BLOCK -> {
        block(chain, rule, hits);
        live.andNot(branch.reach().sure());
      }
      case RETURN -> {
        returned.or(hits);
        live.andNot(branch.reach().sure());
      }
      case DOUBT -> {
        block(chain, rule, hits);
        accepted.or(hits);
      }
      case JUMP, GOTO -> {
        FilterChain target = table.chains().get(branch.target());
        if (target == null) {
          block(chain, rule, hits);
          accepted.or(hits);
          return;
        }
        if (branch.verdict() == Verdict.GOTO) { // so firewalld enters a zone
          lastZone = zone(target.name()).or(() -> lastZone);
        }
        BitSet left = follow(target, hits, depth + 1);
        live.andNot(branch.reach().sure());
        (branch.verdict() == Verdict.JUMP ? live : returned).or(left);
      }
    }
  }

  private List<Branch> read(String rule) {
    return table.syntax() == FilterTable.Syntax.NFT
        ? NftRule.read(table, packet, sets, rule)
        : IptablesRule.read(table, packet, rule);
  }

  private void block(FilterChain chain, String rule, BitSet ports) {
    Optional<Blocker.Zone> zone = zone(chain.name()).or(() -> lastZone);
    blocked.computeIfAbsent(new Place(chain.name(), rule, zone), k -> new BitSet()).or(ports);
  }

  private static Optional<Blocker.Zone> zone(String chain) {
    Matcher matcher = ZONE.matcher(chain);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String step = matcher.group(3) == null ? "" : matcher.group(3);
    return Optional.of(
        new Blocker.Zone(
            matcher.group(2),
            matcher.group(1) != null,
            step.equals("pre") || step.equals("log") || step.equals("deny")));
  }
}
