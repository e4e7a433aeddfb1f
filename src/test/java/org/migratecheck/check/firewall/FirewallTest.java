package org.migratecheck.check.firewall;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.firewall.PacketFilter;
import org.migratecheck.facts.ports.PortSet;
import org.migratecheck.model.ProbeOutput;

/** Rulesets as hosts print them, and what they do to the migration range. */
class FirewallTest {
  private static final PortSet RANGE = PortSet.range(49152, 49215);

  static PacketFilter filter(Map<String, String> parts) {
    TreeMap<String, ProbeOutput> outputs = new TreeMap<>();
    parts.forEach(
        (part, text) ->
            outputs.put(
                "firewall/" + part,
                new ProbeOutput(ProbeOutput.Completeness.COMPLETE, 0, text, "", 1)));
    return PacketFilter.FACT.parser().apply(new Outputs("host2", outputs));
  }

  static Packet arriving() {
    return Packet.opensAtServer(
        new Packet.Ends("10.88.0.1", "10.88.0.2", Optional.of("eth0"), RANGE));
  }

  private static List<Blocker> nft(String rules) {
    return Firewall.blockers(filter(Map.of("nft", rules)), arriving());
  }

  private static List<Blocker> input(String rules) {
    return nft(
        "table inet t {\n chain c {\n  type filter hook input priority filter; policy accept;\n"
            + rules.indent(2)
            + " }\n}\n");
  }

  private static List<Blocker> iptables(String rules) {
    return Firewall.blockers(
        filter(Map.of("iptables", "*filter\n:INPUT ACCEPT [0:0]\n" + rules + "COMMIT\n")),
        arriving());
  }

  private static String sample(String name) throws IOException {
    try (var in = FirewallTest.class.getResourceAsStream("/samples/firewall/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void firewalldRejectsByDefault() throws IOException {
    List<Blocker> blockers = nft(sample("firewalld-default.nft"));
    assertThat(blockers)
        .singleElement()
        .satisfies(
            b -> {
              assertThat(b.manager()).isEqualTo(Blocker.Manager.FIREWALLD);
              assertThat(b.zone()).contains(new Blocker.Zone("public", false, false));
              assertThat(b.base()).isEqualTo("filter_INPUT");
              assertThat(b.rule()).isEqualTo("reject with icmpx admin-prohibited");
              assertThat(b.ports()).isEqualTo(RANGE);
              assertThat(b.sure()).isTrue();
            });
  }

  @Test
  void firewalldOpensTheRangeInTheZoneOfTheInterface() throws IOException {
    assertThat(nft(sample("firewalld-open.nft"))).isEmpty();
  }

  @Test
  void firewalldRichRuleComesBeforeTheOpenPort() throws IOException {
    assertThat(nft(sample("firewalld-rich.nft")))
        .singleElement()
        .satisfies(
            b -> {
              assertThat(b.ports()).isEqualTo(PortSet.range(49160, 49215));
              assertThat(b.zone()).contains(new Blocker.Zone("public", false, true));
            });
  }

  @Test
  void firewalldZoneOfTheSourceBeatsThatOfTheInterface() throws IOException {
    assertThat(nft(sample("firewalld-srczone.nft")))
        .singleElement()
        .satisfies(
            b -> {
              assertThat(b.zone().orElseThrow().name()).isEqualTo("drop");
              assertThat(b.rule()).isEqualTo("drop");
            });
  }

  @Test
  void firewalldPolicyCanBlockWhatLeaves() throws IOException {
    Packet leaving =
        Packet.opensAtClient(new Packet.Ends("10.88.0.1", "10.88.0.2", Optional.of("eth0"), RANGE));
    assertThat(Firewall.blockers(filter(Map.of("nft", sample("firewalld-policy.nft"))), leaving))
        .singleElement()
        .satisfies(b -> assertThat(b.zone()).contains(new Blocker.Zone("noout", true, true)));
    assertThat(Firewall.blockers(filter(Map.of("nft", sample("firewalld-default.nft"))), leaving))
        .isEmpty();
  }

  @Test
  void firewalldWithIptablesIsToldOnceByIptablesSave() throws IOException {
    PacketFilter filter =
        filter(
            Map.of(
                "nft", sample("firewalld-iptables.nft"),
                "iptables", sample("firewalld-iptables.save"),
                "ip6tables", sample("firewalld-iptables.save6")));
    assertThat(Firewall.blockers(filter, arriving()))
        .singleElement()
        .satisfies(
            b -> {
              assertThat(b.manager()).isEqualTo(Blocker.Manager.FIREWALLD);
              assertThat(b.family()).isEqualTo("ip");
              assertThat(b.zone()).contains(new Blocker.Zone("public", false, false));
              assertThat(b.rule()).isEqualTo("-j REJECT --reject-with icmp-port-unreachable");
            });
  }

  @Test
  void everyTableHasToLetItThrough() {
    String one =
        """
        table inet a {
          chain input {
            type filter hook input priority filter; policy drop;
            tcp dport { 22, 49152-49215 } accept
          }
        }
        """;
    String two =
        """
        table ip b {
          chain pre {
            type filter hook prerouting priority raw; policy accept;
            tcp dport 49200 drop
          }
        }
        """;
    assertThat(nft(one)).isEmpty();
    assertThat(nft(one + two))
        .singleElement()
        .satisfies(
            b -> {
              assertThat(b.table()).isEqualTo("b");
              assertThat(b.ports().toString()).isEqualTo("49200");
            });
  }

  @Test
  void partOfTheRangeIsNamedAsRanges() {
    assertThat(input("tcp dport 49160-49215 drop").get(0).ports().toString())
        .isEqualTo("49160-49215");
    assertThat(input("tcp dport { 49152, 49154, 49156-49158 } reject").get(0).ports().toString())
        .isEqualTo("49152, 49154, 49156-49158");
    assertThat(input("tcp dport != 49152-49200 drop").get(0).ports().toString())
        .isEqualTo("49201-49215");
    assertThat(input("tcp dport > 49210 drop").get(0).ports().toString()).isEqualTo("49211-49215");
  }

  @Test
  void conditionsThatAreNotMetDoNotBlock() {
    assertThat(input("udp dport != 53 drop")).isEmpty();
    assertThat(input("iifname \"eth1\" drop")).isEmpty();
    assertThat(input("iifname != \"eth*\" drop")).isEmpty();
    assertThat(input("ip saddr 10.88.1.0/24 drop")).isEmpty();
    assertThat(input("ip saddr != 10.88.0.0/24 drop")).isEmpty();
    assertThat(input("ip6 saddr != fd00::1 drop")).isEmpty();
    assertThat(input("ct state invalid drop")).isEmpty();
    assertThat(input("ct state != new drop")).isEmpty();
    assertThat(input("ct state { established, related } drop")).isEmpty();
    assertThat(input("meta l4proto { icmp, udp } drop")).isEmpty();
    assertThat(input("tcp flags & (fin | syn | rst | ack) != syn ct state new drop")).isEmpty();
    assertThat(input("tcp flags != syn / fin,syn,rst,ack ct state new drop")).isEmpty();
    assertThat(input("meta mark set 0x1 counter packets 5 bytes 6 log prefix \"drop \" level warn"))
        .isEmpty();
    assertThat(input("fib daddr type { broadcast, multicast } drop")).isEmpty();
    assertThat(input("tcp dport 49152-49215 accept comment \"drop {\"\ndrop")).isEmpty();
  }

  @Test
  void conditionsThatAreMetBlock() {
    for (String rule :
        List.of(
            "iifname \"eth0\" drop",
            "iif \"eth0\" tcp dport 1024-65535 counter packets 1 bytes 60 drop",
            "ip saddr { 10.88.0.0/16, 192.168.0.1-192.168.0.9 } drop",
            "ip saddr . tcp dport { 10.88.0.1 . 49152-49215 } drop",
            "ct state new log prefix \"accept \" drop",
            "ct state vmap { established : accept, new : drop }",
            "tcp dport vmap { 22 : accept, 49152-49215 : drop }",
            "meta nfproto ipv4 reject with tcp reset",
            "ip protocol tcp drop",
            "tcp flags syn drop",
            "fib daddr type local drop")) {
      assertThat(input(rule)).as(rule).singleElement().matches(Blocker::sure);
      assertThat(input(rule).get(0).ports()).as(rule).isEqualTo(RANGE);
    }
  }

  @Test
  void whatCannotBeKnownIsADoubt() {
    for (String rule :
        List.of(
            "meta mark & 0x8000 == 0x8000 drop",
            "limit rate over 10/second burst 5 packets drop",
            "meta skuid 107 drop",
            "@th,16,16 0xc000 drop",
            "ct count over 100 reject",
            "xt match \"multiport\" drop",
            "tcp dport 49152-49215 redirect to :22",
            "jump nowhere")) {
      assertThat(input(rule)).as(rule).singleElement().matches(b -> !b.sure());
    }
    assertThat(input("meta mark 7 accept\ndrop")).singleElement().matches(b -> !b.sure());
  }

  @Test
  void namedSetsMapsAndChains() {
    String rules =
        """
        table inet t {
          set bad {
            type ipv4_addr
            flags interval
            elements = { 10.0.0.0/9, 10.88.0.0/24 timeout 5m expires 3m,
                         192.168.7.1 }
          }
          map where {
            type inet_service : verdict
            elements = { 22 : accept, 49152-49159 : jump low }
          }
          chain low {
            tcp dport 49152 return
            ip saddr @bad drop
          }
          chain c {
            type filter hook input priority 0; policy drop;
            tcp dport vmap @where
            tcp dport 49152 accept
            goto rest
          }
          chain rest {
            tcp dport 49160-49215 accept
            return
          }
        }
        """;
    assertThat(nft(rules))
        .singleElement()
        .satisfies(
            b -> {
              assertThat(b.chain()).isEqualTo("low");
              assertThat(b.base()).isEqualTo("c");
              assertThat(b.ports().toString()).isEqualTo("49153-49159");
            });
  }

  @Test
  void dormantTablesAndOtherHooksDoNothing() {
    assertThat(
            nft(
                """
                table inet t {
                  flags dormant
                  chain c {
                    type filter hook input priority filter; policy drop;
                  }
                }
                table inet u {
                  chain f {
                    type filter hook forward priority filter; policy drop;
                  }
                }
                """))
        .isEmpty();
  }

  @Test
  void iptablesConditions() {
    assertThat(iptables("-A INPUT -p tcp -m tcp --dport 49160:49215 -j DROP\n").get(0).ports())
        .isEqualTo(PortSet.range(49160, 49215));
    for (String rule :
        List.of(
            "-p tcp -m multiport --dports 22,49152:49215 -j REJECT",
            "-s 10.88.0.0/16 -i eth+ -m comment --comment \"do -j ACCEPT this\" -j DROP",
            "! -s 192.168.0.0/16 -p tcp -j DROP",
            "-m state --state NEW -j DROP",
            "-m conntrack --ctstate INVALID,NEW -j DROP",
            "-p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK SYN -j DROP",
            "-m addrtype --dst-type LOCAL -j DROP")) {
      assertThat(iptables("-A INPUT " + rule + "\n"))
          .as(rule)
          .singleElement()
          .matches(b -> b.sure());
    }
    for (String rule :
        List.of(
            "-p udp -j DROP",
            "-p tcp -m tcp ! --dport 49152:49215 -j DROP",
            "-i lo -j DROP",
            "-m conntrack --ctstate INVALID -j DROP",
            "-m rpfilter --invert -j DROP",
            "-p tcp -m tcp ! --tcp-flags FIN,SYN,RST,ACK SYN -m conntrack --ctstate NEW -j DROP",
            "-p tcp -j LOG --log-prefix \"-j DROP\"",
            "-m pkttype --pkt-type multicast -j DROP")) {
      assertThat(iptables("-A INPUT " + rule + "\n")).as(rule).isEmpty();
    }
    for (String rule :
        List.of(
            "-m mark --mark 0x8000/0x8000 -j DROP",
            "-m set --match-set banned src -j DROP",
            "-p tcp -m limit --limit 5/min -j DROP",
            "-p tcp -j NFQUEUE --queue-num 0")) {
      assertThat(iptables("-A INPUT " + rule + "\n"))
          .as(rule)
          .singleElement()
          .matches(b -> !b.sure());
    }
  }

  @Test
  void iptablesChainsAndPolicies() {
    String rules =
        """
        *filter
        :INPUT DROP [12:720]
        :FORWARD DROP [0:0]
        :OUTPUT ACCEPT [0:0]
        :mine - [0:0]
        [3:180] -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A INPUT -p tcp -j mine
        -A mine -p tcp -m tcp --dport 22 -j ACCEPT
        -A mine -p tcp -m tcp --dport 49152:49159 -j ACCEPT
        -A mine -j RETURN
        COMMIT
        """;
    assertThat(Firewall.blockers(filter(Map.of("iptables", rules)), arriving()))
        .singleElement()
        .satisfies(
            b -> {
              assertThat(b.rule()).isEqualTo("policy drop");
              assertThat(b.base()).isEqualTo("INPUT");
              assertThat(b.ports().toString()).isEqualTo("49160-49215");
            });
  }

  @Test
  void answersCanBeLostOnTheirWayBack() {
    PacketFilter filter =
        filter(
            Map.of(
                "nft",
                """
                table inet t {
                  chain out {
                    type filter hook output priority filter; policy drop;
                    tcp dport 22 accept
                  }
                }
                """));
    Packet.Ends ends = new Packet.Ends("10.88.0.1", "10.88.0.2", Optional.of("eth0"), RANGE);
    assertThat(Firewall.blockers(filter, Packet.opensAtServer(ends))).isEmpty();
    assertThat(Firewall.blockers(filter, Packet.answersAtServer(ends)))
        .singleElement()
        .matches(Blocker::sure);
  }

  @Test
  void aHundredThousandRulesAreFollowedFast() {
    StringBuilder rules = new StringBuilder("table inet t {\n chain c {\n");
    rules.append("  type filter hook input priority filter; policy accept;\n");
    for (int i = 0; i < 100_000; i++) {
      rules
          .append("  ip saddr 10.")
          .append(i / 65536 % 256)
          .append('.')
          .append(i / 256 % 256)
          .append('.')
          .append(i % 256)
          .append(" tcp dport 22 drop\n");
    }
    rules.append("  tcp dport 49152 drop\n }\n}\n");
    PacketFilter filter = filter(Map.of("nft", rules.toString()));
    Assertions.assertTimeout(
        Duration.ofSeconds(5), () -> assertThat(Firewall.blockers(filter, arriving())).hasSize(1));
  }

  @Test
  void jumpsThatNeverEndAreADoubt() {
    StringBuilder rules = new StringBuilder("table inet t {\n");
    for (int i = 0; i < 16; i++) {
      rules.append(" chain c").append(i).append(" {\n");
      rules.append(("  jump c" + (i + 1) + "\n").repeat(10)).append(" }\n");
    }
    rules.append(
        " chain c16 {\n }\n chain in {\n  type filter hook input priority 0; policy drop;\n");
    rules.append("  jump c0\n  jump in\n }\n}\n");
    assertThat(nft(rules.toString())).singleElement().matches(b -> !b.sure());
  }
}
