package org.migratecheck.check.firewall;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.migratecheck.facts.firewall.FilterTable;

/** Works out what one rule of iptables does to a packet. */
final class IptablesRule {
  /** Targets after which the next rule is looked at. */
  private static final Set<String> GOES_ON =
      Set.of(
          "LOG",
          "NFLOG",
          "ULOG",
          "MARK",
          "CONNMARK",
          "TCPMSS",
          "TCPOPTSTRIP",
          "TOS",
          "DSCP",
          "TTL",
          "HL",
          "SECMARK",
          "CONNSECMARK",
          "CLASSIFY",
          "SET",
          "TEE",
          "AUDIT",
          "TRACE",
          "RATEEST",
          "CHECKSUM",
          "LED",
          "IDLETIMER",
          "HMARK");

  private static final Set<String> OTHER_MODULES =
      Set.of("udp", "icmp", "icmp6", "icmpv6", "ipv6-icmp", "sctp", "dccp", "esp", "ah");

  private final FilterTable table;
  private final Packet packet;
  private final List<String> words;
  private int next;
  private Reach reach;
  private boolean negated;
  private String module = "";

  private IptablesRule(FilterTable table, Packet packet, String rule) {
    this.table = table;
    this.packet = packet;
    this.words = split(rule);
    this.reach = packet.yes();
  }

  /** Returns what {@code rule} does; nothing where it only counts or does not match. */
  static List<Branch> read(FilterTable table, Packet packet, String rule) {
    return new IptablesRule(table, packet, rule).read();
  }

  private static List<String> split(String rule) {
    List<String> result = new ArrayList<>();
    for (int i = 0; i < rule.length(); ) {
      if (rule.charAt(i) == ' ') {
        i++;
        continue;
      }
      int end;
      if (rule.charAt(i) == '"') {
        end = i + 1;
        while (end < rule.length() && rule.charAt(end) != '"') {
          end += rule.charAt(end) == '\\' ? 2 : 1;
        }
        end = Math.min(rule.length(), end + 1);
      } else {
        end = rule.indexOf(' ', i);
        end = end < 0 ? rule.length() : end;
      }
      result.add(rule.substring(i, end));
      i = end;
    }
    return result;
  }

  private List<Branch> read() {
    while (next < words.size() && !reach.never()) {
      String option = take();
      switch (option) {
        case "!" -> {
          negated = true;
          continue;
        }
        case "-j", "--jump", "-g", "--goto" -> {
          return target(take(), option.startsWith("-g") || option.startsWith("--g"));
        }
        case "-m", "--match" -> module(take());
        case "-p", "--protocol" -> and(Values.protocol(packet, take()));
        case "-s", "--source" -> and(Values.address(packet, packet.source(), take()));
        case "-d", "--destination" -> and(Values.address(packet, packet.destination(), take()));
        case "-i", "--in-interface" -> and(Values.device(packet, true, take(), '+'));
        case "-o", "--out-interface" -> and(Values.device(packet, false, take(), '+'));
        case "-f" -> and(packet.no());
        case "--dport", "--dports", "--destination-port", "--destination-ports" ->
            and(ports(take(), true));
        case "--sport", "--sports", "--source-port", "--source-ports" -> and(ports(take(), false));
        case "--ports" -> {
          String value = take();
          and(ports(value, true).or(ports(value, false)));
        }
        case "--state", "--ctstate" -> and(states(take()));
        case "--ctdir" ->
            and(packet.when(take().equalsIgnoreCase(packet.reply() ? "REPLY" : "ORIGINAL")));
        case "--syn" -> and(flags("FIN,SYN,RST,ACK", "SYN"));
        case "--tcp-flags" -> {
          String mask = take();
          and(flags(mask, take()));
        }
        case "--src-type" -> and(Values.addressType(packet, false, take()));
        case "--dst-type" -> and(Values.addressType(packet, true, take()));
        case "--src-range" -> and(Values.address(packet, packet.source(), take()));
        case "--dst-range" -> and(Values.address(packet, packet.destination(), take()));
        case "--comment" -> take();
        case "--invert" -> {
          // Only of rpfilter: packets that should not come in by this interface. The route is
          // known.
          reach = module.equals("rpfilter") ? packet.no() : reach.and(packet.maybe());
        }
        case "--loose", "--validmark", "--accept-local" -> {
          // variants of rpfilter
        }
        case "--physdev-is-bridged" ->
            and(packet.bridged().isPresent() ? packet.yes() : packet.maybe());
        case "--physdev-in" -> and(port(take(), true));
        case "--physdev-out" -> and(port(take(), false));
        case "--mac-source" -> and(NftSelector.mac(packet, true, take()));
        case "--pkt-type" -> and(packetType(take()));
        default -> unknown();
      }
      negated = false;
    }
    return List.of();
  }

  private String take() {
    return next < words.size() ? words.get(next++) : "";
  }

  private void and(Reach match) {
    reach = reach.and(negated ? match.not(packet.all()) : match);
  }

  private void module(String name) {
    module = name;
    if (OTHER_MODULES.contains(name)) {
      reach = packet.no();
    }
    // A module with options is judged by them; these have none that must be there.
    if (name.equals("socket") || name.equals("limit") || name.equals("hashlimit")) {
      reach = reach.and(packet.maybe());
    }
  }

  private void unknown() {
    reach = reach.and(packet.maybe());
    while (next < words.size()
        && !words.get(next).startsWith("-")
        && !words.get(next).equals("!")) {
      next++;
    }
  }

  private Reach port(String text, boolean ofInput) {
    boolean open = text.endsWith("+");
    String name = open ? text.substring(0, text.length() - 1) : text;
    return packet
        .bridged()
        .map(way -> way.port(packet, ofInput, name, open))
        .orElse(packet.maybe());
  }

  private Reach ports(String list, boolean ofDestination) {
    Reach result = packet.no();
    for (String port : list.split(",")) {
      result = result.or(Values.port(packet, ofDestination, port, ':'));
    }
    return result;
  }

  private Reach states(String list) {
    Reach result = packet.no();
    for (String state : list.split(",")) {
      result = result.or(Values.state(packet, state));
    }
    return result;
  }

  private Reach flags(String mask, String value) {
    return TcpFlags.equal(
        packet, TcpFlags.bits(List.of(mask.split(","))), TcpFlags.bits(List.of(value.split(","))));
  }

  private Reach packetType(String type) {
    return switch (type) {
      case "broadcast", "multicast" -> packet.no();
      case "unicast" -> packet.incoming() ? packet.yes() : packet.maybe();
      default -> packet.maybe();
    };
  }

  private List<Branch> target(String target, boolean goTo) {
    if (goTo) {
      return List.of(new Branch(reach, Verdict.GOTO, target));
    }
    if (table.chains().containsKey(target)) {
      return List.of(new Branch(reach, Verdict.JUMP, target));
    }
    return switch (target) {
      case "ACCEPT", "MASQUERADE", "SNAT", "NETMAP" ->
          List.of(new Branch(reach, Verdict.ACCEPT, ""));
      case "DROP", "REJECT" -> List.of(new Branch(reach, Verdict.BLOCK, ""));
      case "RETURN" -> List.of(new Branch(reach, Verdict.RETURN, ""));
      case "CT" ->
          words.contains("--notrack") ? List.of(new Branch(reach, Verdict.DOUBT, "")) : List.of();
      default ->
          GOES_ON.contains(target) ? List.of() : List.of(new Branch(reach, Verdict.DOUBT, ""));
    };
  }
}
