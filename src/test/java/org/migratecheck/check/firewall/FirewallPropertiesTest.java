package org.migratecheck.check.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.firewall.PacketFilter;
import org.migratecheck.facts.ports.PortSet;

/** Rulesets that are cut, mixed up or hostile never look like open ports by accident. */
class FirewallPropertiesTest {
  private static final List<String> WORDS =
      List.of(
          "tcp",
          "dport",
          "49152-49215",
          "{",
          "}",
          ",",
          "!=",
          "@set",
          "ip",
          "saddr",
          "10.0.0.0/8",
          "accept",
          "drop",
          "reject",
          "jump",
          "goto",
          "c",
          "vmap",
          ":",
          "\"",
          "ct",
          "state",
          "new",
          "meta",
          "mark",
          "set",
          "iifname",
          ".",
          "(",
          "limit",
          "rate",
          "flags",
          "&",
          "==",
          "fib",
          "type",
          "local",
          "\u0000",
          "-1",
          "999999999999",
          "::1",
          "comment",
          "th",
          "@th,0,16",
          "not");

  private static String sample(String name) throws IOException {
    try (var in = FirewallPropertiesTest.class.getResourceAsStream("/samples/firewall/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Provide
  Arbitrary<String> rules() {
    return Arbitraries.of(WORDS).list().ofMaxSize(12).map(w -> String.join(" ", w));
  }

  /** A ruleset that was cut anywhere inside a table is unreadable, never a shorter ruleset. */
  @Property(tries = 300)
  void aCutRulesetIsUndetermined(@ForAll double where) throws IOException {
    String whole = sample("firewalld-default.nft");
    int end = (int) (Math.abs(where % 1) * (whole.strip().length() - 1));
    String cut = whole.substring(0, end);
    if (cut.isBlank()) {
      return;
    }
    assertThat(undetermined(Map.of("nft", cut))).as("cut at %s", end).isTrue();
  }

  @Property(tries = 300)
  void aCutIptablesSaveIsUndetermined(@ForAll double where) throws IOException {
    String whole = sample("firewalld-iptables.save");
    String filter =
        whole.substring(
            whole.indexOf("*filter"), whole.indexOf("COMMIT", whole.indexOf("*filter")));
    int end = 1 + (int) (Math.abs(where % 1) * (filter.length() - 1));
    assertThat(undetermined(Map.of("iptables", filter.substring(0, end)))).isTrue();
  }

  private static boolean undetermined(Map<String, String> parts) {
    try {
      FirewallTest.filter(parts);
      return false;
    } catch (Undetermined e) {
      return true;
    }
  }

  /** No rule, however odd, stops the walk; and what comes behind it still counts. */
  @Property(tries = 1000)
  void oddRulesNeverThrow(@ForAll("rules") String rule) {
    if (rule.chars().filter(c -> c == '{').count() != rule.chars().filter(c -> c == '}').count()
        || rule.chars().filter(c -> c == '"').count() % 2 != 0
        || rule.strip().matches("[{}].*|.*[{}]")) {
      return;
    }
    PacketFilter filter =
        FirewallTest.filter(
            Map.of(
                "nft",
                "table inet t {\n chain c {\n  type filter hook input priority 0; policy accept;\n  "
                    + rule
                    + "\n }\n}\n"));
    for (Blocker blocker : Firewall.blockers(filter, FirewallTest.arriving())) {
      assertThat(blocker.ports().isEmpty()).isFalse();
    }
  }

  @Property(tries = 500)
  void oddIptablesRulesNeverThrow(@ForAll("rules") String rule) {
    PacketFilter filter =
        FirewallTest.filter(
            Map.of(
                "iptables",
                "*filter\n:INPUT DROP [0:0]\n-A INPUT -p "
                    + rule
                    + "\n-A INPUT -m "
                    + rule
                    + " -j ACCEPT\nCOMMIT\n"));
    Firewall.blockers(filter, FirewallTest.arriving());
  }

  /** A final drop that nothing accepts before is sure, whatever ports it is asked about. */
  @Property(tries = 200)
  void everyPortIsEitherAcceptedOrBlocked(@ForAll int first, @ForAll int width) {
    int from = 1 + Math.floorMod(first, 65000);
    int to = Math.min(65535, from + Math.floorMod(width, 200));
    PacketFilter filter =
        FirewallTest.filter(
            Map.of(
                "nft",
                "table inet t {\n chain c {\n  type filter hook input priority 0; policy drop;\n"
                    + "  tcp dport { 22, 30000-40000 } accept\n }\n}\n"));
    PortSet asked = PortSet.range(from, to);
    PortSet open = PortSet.range(22, 22).plus(PortSet.range(30000, 40000));
    Packet packet =
        Packet.opensAtServer(new Packet.Ends("10.0.0.1", "10.0.0.2", Optional.of("eth0"), asked));
    PortSet blocked =
        Firewall.blockers(filter, packet).stream()
            .map(Blocker::ports)
            .reduce(PortSet.NONE, PortSet::plus);
    assertThat(blocked).isEqualTo(asked.minus(open));
  }
}
