package org.migratecheck.lab;

import static org.migratecheck.lab.Lab.B;
import static org.migratecheck.lab.Outcome.damages;
import static org.migratecheck.lab.Outcome.hangs;
import static org.migratecheck.lab.Outcome.notLookedAt;
import static org.migratecheck.lab.Outcome.refused;
import static org.migratecheck.lab.Requirement.NETWORK;
import static org.migratecheck.lab.Requirement.PORTS;

import java.time.Duration;
import java.util.List;

/** Packet filters of the destination, and the wire, in the way of the guest or of its migration. */
final class FirewallFaults {
  private static final String RANGE = "49152-49215";
  private static final String GUEST = "10.78.0.50";
  private static final String[] ON_BR1 = {"--bridge", "br1"};

  private static final Outcome CUT_OFF = damages("the guest is cut off", lab -> lab.dead(GUEST));

  /** What Docker makes of FORWARD, with one network. */
  private static final String DOCKER =
      """
      iptables -P FORWARD DROP
      for chain in DOCKER DOCKER-USER DOCKER-ISOLATION-STAGE-1 DOCKER-ISOLATION-STAGE-2; do iptables -N $chain; done
      iptables -A DOCKER-USER -j RETURN
      iptables -A DOCKER-ISOLATION-STAGE-1 -i docker0 ! -o docker0 -j DOCKER-ISOLATION-STAGE-2
      iptables -A DOCKER-ISOLATION-STAGE-1 -j RETURN
      iptables -A DOCKER-ISOLATION-STAGE-2 -o docker0 -j DROP
      iptables -A DOCKER-ISOLATION-STAGE-2 -j RETURN
      iptables -A FORWARD -j DOCKER-USER
      iptables -A FORWARD -j DOCKER-ISOLATION-STAGE-1
      iptables -A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
      iptables -A FORWARD -o docker0 -j DOCKER
      iptables -A FORWARD -i docker0 ! -o docker0 -j ACCEPT
      iptables -A FORWARD -i docker0 -o docker0 -j ACCEPT
      iptables -t nat -N DOCKER
      iptables -t nat -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
      iptables -t nat -A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
      """;

  private FirewallFaults() {}

  static List<Fault> all() {
    return List.of(
        guests("guests-forward-drop", "iptables -P FORWARD DROP"),
        guests("guests-forward-docker", DOCKER),
        guests(
            "guests-forward-nft",
            "nft 'table inet guard { chain forward { type filter hook forward priority 0; policy"
                + " drop; ct state established,related accept; iifname lo accept; }; }'"),
        guests(
            "guests-forward-rejected",
            "iptables -A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT;"
                + " iptables -A FORWARD -j REJECT --reject-with icmp-host-prohibited"),
        guests(
            "guests-bridge-table",
            "nft 'table bridge guard { chain forward { type filter hook forward priority 0; policy"
                + " drop; }; }'"),
        guests(
            "guests-hardware-address",
            "nft 'table bridge guard { chain f { type filter hook forward priority 0; iifname"
                + " \"vnet*\" ether saddr != { 52:54:00:4c:00:99, 52:54:00:4c:00:98 } drop; }; }'"),
        guests(
                "guests-uplink-table",
                "nft 'table netdev guard { chain in { type filter hook ingress device eth1 priority 0;"
                    + " ether type ip drop; }; }'")
            .mendedBy(lab -> lab.must(B, "nft delete table netdev guard")),
        Fault.of(
                "arp-one-way",
                NETWORK,
                B,
                "sleep 31; nft 'table netdev guard { chain in { type filter hook ingress device eth1"
                    + " priority 0; ether type arp drop; }; }'")
            .guest(ON_BR1)
            .found("same-segment")
            .really(CUT_OFF)
            .mendedBy(lab -> lab.must(B, "nft delete table netdev guard")),
        Fault.of("other-segment", NETWORK, FirewallFaults::otherSegment)
            .guest(ON_BR1)
            .found("same-segment")
            .really(CUT_OFF)
            .mendedBy(
                lab -> controller(lab, "ip link set w-hostB master labbr2; ip link del labbr3")),
        range(
                "range-older-iptables",
                "iptables-legacy -A INPUT -p tcp --dport 49152:49215 -j REJECT --reject-with"
                    + " tcp-reset")
            .really(refused("Connection refused")),
        range(
                "range-not-in-set",
                "nft 'table inet lab { set open { type inet_service; flags interval; elements = {"
                    + " 22, 111, 2049, 5900-6100 }; }; chain c { type filter hook input priority 0;"
                    + " iif lo accept; ct state established,related accept; tcp dport != @open"
                    + " reject with tcp reset; }; }'")
            .really(refused("Connection refused")),
        range(
                "range-by-map",
                "nft 'table inet lab { map ports { type inet_service : verdict; flags interval;"
                    + " elements = { 22 : accept, "
                    + RANGE
                    + " : drop }; };"
                    + " chain c { type filter hook input priority 0; tcp dport vmap @ports; }; }'")
            .really(hangs()),
        range(
                "range-by-source",
                "nft 'table inet lab { set bad { type ipv4_addr; elements = { 10.77.0.11 }; };"
                    + " chain c { type filter hook input priority 0; ip saddr @bad tcp dport "
                    + RANGE
                    + " reject with tcp reset; }; }'")
            .really(refused("Connection refused")),
        range("range-in-raw", "iptables -t raw -A PREROUTING -p tcp --dport 49152:49215 -j DROP")
            .really(hangs()),
        range("range-in-mangle", "iptables -t mangle -A INPUT -p tcp --dport 49152:49215 -j DROP")
            .really(hangs()),
        range(
                "range-redirected",
                "iptables -t nat -A PREROUTING -p tcp --dport 49152:49215 -j DNAT --to-destination"
                    + " 10.77.0.99")
            .really(hangs()),
        range(
                "range-other-zone",
                "iptables -N services; iptables -A services -p tcp --dport 22 -j ACCEPT; iptables"
                    + " -A services -p icmp -j ACCEPT; iptables -A INPUT -i lo -j ACCEPT; iptables"
                    + " -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT; iptables -A"
                    + " INPUT -i br0 -g services; iptables -A INPUT -i br1 -j ACCEPT; iptables -P"
                    + " INPUT DROP")
            .really(hangs()),
        range(
                "range-counted",
                "iptables -A INPUT -i lo -j ACCEPT; iptables -A INPUT -m conntrack --ctstate"
                    + " ESTABLISHED,RELATED -j ACCEPT; iptables -A INPUT -p tcp --dport 22 -j"
                    + " ACCEPT; iptables -A INPUT -p icmp -j ACCEPT; iptables -A INPUT -p tcp --syn"
                    + " -m limit --limit 10/second --limit-burst 5 -j ACCEPT; iptables -A INPUT -p"
                    + " tcp -j DROP")
            .warned()
            .really(notLookedAt())
            .mendedBy(lab -> lab.must(B, "iptables -F INPUT")),
        range(
                "range-few-at-once",
                "nft 'table inet lab { chain c { type filter hook input priority 0; tcp dport "
                    + RANGE
                    + " ct state new ct count over 4 reject with tcp reset; }; }'")
            .warned()
            .really(notLookedAt())
            .mendedBy(lab -> lab.must(B, "nft delete table inet lab")));
  }

  private static Fault guests(String id, String shell) {
    return Fault.of(id, NETWORK, B, shell).guest(ON_BR1).found("guest-frames-pass").really(CUT_OFF);
  }

  private static Fault range(String id, String shell) {
    return Fault.of(id, PORTS, B, shell).found("migration-ports");
  }

  /** Plugs the cable of the destination's second card into another switch. */
  private static void otherSegment(Lab lab) {
    controller(
        lab,
        "ip link add labbr3 type bridge 2>/dev/null; ip link set labbr3 up;"
            + " ip link set w-hostB down; ip link set w-hostB master labbr3; ip link set w-hostB up");
  }

  private static void controller(Lab lab, String shell) {
    lab.controller(Duration.ofSeconds(20), List.of("sh", "-c", shell)).orFail(shell);
  }
}
