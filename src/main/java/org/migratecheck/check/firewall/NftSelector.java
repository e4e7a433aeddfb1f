package org.migratecheck.check.firewall;

import java.util.Set;

/** What a condition of nftables looks at, such as {@code tcp dport} or {@code ct state}. */
enum NftSelector {
  DPORT,
  SPORT,
  SADDR,
  DADDR,
  IIF,
  OIF,
  PROTOCOL,
  NFPROTO,
  ETHERTYPE,
  /** Hardware addresses and the type of frames, which guests' frames on a bridge have. */
  ETHER_SADDR,
  ETHER_DADDR,
  ETHER_TYPE,
  CT_STATE,
  CT_STATUS,
  CT_DIRECTION,
  PACKET_TYPE,
  ADDRESS_TYPE_SOURCE,
  ADDRESS_TYPE_DESTINATION,
  REVERSE_PATH,
  BRIDGE,
  TCP_FLAGS,
  /** Something that a TCP packet does not have. */
  NEVER,
  /** Something that cannot be known. */
  UNKNOWN;

  private static final Set<String> OTHER_PROTOCOLS =
      Set.of(
          "udp", "icmp", "icmpv6", "sctp", "dccp", "udplite", "igmp", "ah", "esp", "comp", "arp");
  private static final Set<String> META =
      Set.of(
          "mark",
          "skuid",
          "skgid",
          "iifgroup",
          "oifgroup",
          "iiftype",
          "oiftype",
          "rtclassid",
          "cgroup",
          "priority",
          "length",
          "cpu",
          "random",
          "time",
          "day",
          "hour",
          "ibriport",
          "secmark",
          "secpath",
          "sdif",
          "sdifname",
          "ipsec");

  /**
   * Takes a selector from {@code tokens}; {@code null} and nothing taken where none stands there.
   */
  static @org.jspecify.annotations.Nullable NftSelector take(NftTokens tokens, Packet packet) {
    String word = tokens.peek();
    if (OTHER_PROTOCOLS.contains(word)) {
      tokens.skip(2);
      return NEVER;
    }
    return switch (word) {
      case "tcp", "th" -> {
        tokens.skip(1);
        yield switch (tokens.take()) {
          case "dport" -> DPORT;
          case "sport" -> SPORT;
          case "flags" -> TCP_FLAGS;
          default -> UNKNOWN;
        };
      }
      case "ip", "ip6" -> {
        tokens.skip(1);
        NftSelector selector =
            switch (tokens.take()) {
              case "saddr" -> SADDR;
              case "daddr" -> DADDR;
              case "protocol", "nexthdr" -> PROTOCOL;
              default -> UNKNOWN;
            };
        yield word.equals("ip6") == packet.v6() ? selector : NEVER;
      }
      case "meta" -> {
        tokens.skip(1);
        NftSelector selector = meta(tokens.peek());
        tokens.skip(1);
        yield selector == null ? UNKNOWN : selector;
      }
      case "ct" -> {
        tokens.skip(1);
        if (tokens.peek().equals("original") || tokens.peek().equals("reply")) {
          tokens.skip(2);
          yield UNKNOWN;
        }
        yield switch (tokens.take()) {
          case "state" -> CT_STATE;
          case "status" -> CT_STATUS;
          case "direction" -> CT_DIRECTION;
          default -> UNKNOWN;
        };
      }
      case "fib" -> fib(tokens);
      case "ether" -> {
        tokens.skip(1);
        yield switch (tokens.take()) {
          case "saddr" -> ETHER_SADDR;
          case "daddr" -> ETHER_DADDR;
          case "type" -> ETHER_TYPE;
          default -> UNKNOWN;
        };
      }
      case "vlan", "socket", "rt", "osf" -> {
        tokens.skip(2);
        yield UNKNOWN;
      }
      default -> {
        NftSelector selector = meta(word);
        if (selector != null) {
          tokens.skip(1);
        }
        yield selector;
      }
    };
  }

  private static @org.jspecify.annotations.Nullable NftSelector meta(String word) {
    return switch (word) {
      case "iif", "iifname" -> IIF;
      case "oif", "oifname" -> OIF;
      case "l4proto" -> PROTOCOL;
      case "nfproto" -> NFPROTO;
      case "protocol" -> ETHERTYPE;
      case "pkttype" -> PACKET_TYPE;
      case "ibrname", "obrname" -> BRIDGE;
      default -> META.contains(word) ? UNKNOWN : null;
    };
  }

  /** {@code fib daddr type ...} and {@code fib saddr . iif oif ...}. */
  private static NftSelector fib(NftTokens tokens) {
    tokens.skip(1);
    boolean destination = tokens.take().equals("daddr");
    boolean several = false;
    while (tokens.take(".")) {
      several = true;
      tokens.skip(1);
    }
    String result = tokens.take();
    if (result.equals("type")) {
      return destination ? ADDRESS_TYPE_DESTINATION : ADDRESS_TYPE_SOURCE;
    }
    return (several || !destination) && result.startsWith("oif") ? REVERSE_PATH : UNKNOWN;
  }

  /** Returns where the packet has {@code value}. */
  Reach is(Packet packet, String value) {
    String text = NftTokens.unquoted(value);
    return switch (this) {
      case DPORT -> Values.port(packet, true, text, '-');
      case SPORT -> Values.port(packet, false, text, '-');
      case SADDR -> Values.address(packet, packet.source(), text);
      case DADDR -> Values.address(packet, packet.destination(), text);
      case IIF -> Values.device(packet, true, text, '*');
      case OIF -> Values.device(packet, false, text, '*');
      case PROTOCOL -> Values.protocol(packet, text);
      case NFPROTO -> either(packet, text, "ipv4", "ipv6");
      case ETHERTYPE -> either(packet, text, "ip", "ip6");
      case ETHER_SADDR -> mac(packet, true, text);
      case ETHER_DADDR -> mac(packet, false, text);
      case ETHER_TYPE ->
          packet.bridged().isPresent() && (text.equals("ip") || text.equals("ip6"))
              ? either(packet, text, "ip", "ip6")
              : packet.maybe(); // ARP among them, without which no guest is found
      case CT_STATE, CT_STATUS -> Values.state(packet, text);
      case CT_DIRECTION -> packet.when(text.equals(packet.reply() ? "reply" : "original"));
      case PACKET_TYPE ->
          switch (text) {
            case "host", "unicast" -> packet.incoming() ? packet.yes() : packet.maybe();
            case "broadcast", "multicast" -> packet.no();
            default -> packet.maybe();
          };
      case ADDRESS_TYPE_SOURCE -> Values.addressType(packet, false, text);
      case ADDRESS_TYPE_DESTINATION -> Values.addressType(packet, true, text);
      // The other host answers by this interface: its route was asked for.
      case REVERSE_PATH ->
          switch (text) {
            case "missing", "0" -> packet.no();
            case "exists" -> packet.yes();
            default -> packet.maybe();
          };
      case BRIDGE ->
          packet
              .bridged()
              .map(way -> packet.when(way.bridge().equals(text)))
              .orElse(packet.maybe());
      case NEVER -> packet.no();
      case TCP_FLAGS, UNKNOWN -> packet.maybe();
    };
  }

  static Reach mac(Packet packet, boolean ofSource, String text) {
    return packet.bridged().map(way -> way.mac(packet, ofSource, text)).orElse(packet.maybe());
  }

  private static Reach either(Packet packet, String text, String v4, String v6) {
    return packet.when(text.equals(packet.v6() ? v6 : v4));
  }
}
