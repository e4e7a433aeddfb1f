package org.migratecheck.check.firewall;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.migratecheck.facts.ports.Ip;

/** Compares what rules write with what a packet has. */
final class Values {
  private Values() {}

  /** A port, a range with {@code separator}, or a service name. */
  static Reach port(Packet packet, boolean ofDestination, String text, char separator) {
    int dash = text.indexOf(separator);
    int from = number(dash < 0 ? text : text.substring(0, dash), 0);
    int to = number(dash < 0 ? text : text.substring(dash + 1), 65535);
    if (from < 0 || to < 0) {
      if (text.equals("ssh")) {
        return packet.port(ofDestination, 22, 22);
      }
      // No port from 49152 on has a name, and port 22 has no other.
      boolean unnamed =
          packet.lowest() >= 49152 || (packet.lowest() == 22 && packet.all().length() == 1);
      return unnamed && ofDestination != packet.reply() ? packet.no() : packet.maybe();
    }
    return packet.port(ofDestination, from, to);
  }

  private static int number(String text, int whenEmpty) {
    if (text.isEmpty()) {
      return whenEmpty;
    }
    try {
      int value = Integer.parseInt(text);
      return value <= 65535 ? value : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** An address, a network {@code A/LENGTH} or {@code A/MASK}, or a range {@code A-B}. */
  static Reach address(Packet packet, Optional<InetAddress> actual, String text) {
    if (actual.isEmpty()) {
      return packet.maybe();
    }
    byte[] have = actual.get().getAddress();
    int slash = text.indexOf('/');
    int dash = text.indexOf('-');
    if (dash > 0) {
      Optional<byte[]> from = bytes(text.substring(0, dash));
      Optional<byte[]> to = bytes(text.substring(dash + 1));
      if (from.isEmpty() || to.isEmpty()) {
        return packet.maybe();
      }
      return packet.when(
          from.get().length == have.length
              && to.get().length == have.length
              && Arrays.compareUnsigned(from.get(), have) <= 0
              && Arrays.compareUnsigned(have, to.get()) <= 0);
    }
    Optional<byte[]> net = bytes(slash < 0 ? text : text.substring(0, slash));
    if (net.isEmpty()) {
      return packet.maybe();
    }
    if (net.get().length != have.length) {
      return packet.no();
    }
    Optional<byte[]> mask = mask(slash < 0 ? "" : text.substring(slash + 1), have.length);
    if (mask.isEmpty()) {
      return packet.maybe();
    }
    for (int i = 0; i < have.length; i++) {
      if (((have[i] ^ net.get()[i]) & mask.get()[i]) != 0) {
        return packet.no();
      }
    }
    return packet.yes();
  }

  private static Optional<byte[]> bytes(String text) {
    return Ip.parse(text).map(InetAddress::getAddress);
  }

  private static Optional<byte[]> mask(String text, int length) {
    if (text.contains(".") || text.contains(":")) {
      return bytes(text).filter(m -> m.length == length);
    }
    int bits = text.isEmpty() ? length * 8 : number(text, -1);
    if (bits < 0 || bits > length * 8) {
      return Optional.empty();
    }
    byte[] mask = new byte[length];
    for (int i = 0; i < bits; i++) {
      mask[i / 8] |= (byte) (0x80 >> (i % 8));
    }
    return Optional.of(mask);
  }

  /** An interface's name, with {@code wildcard} at its end for any rest. */
  static Reach device(Packet packet, boolean ofInput, String text, char wildcard) {
    if (packet.bridged().isPresent()) {
      return packet.bridged().get().device(packet, ofInput, text, wildcard);
    }
    if (ofInput != packet.incoming()) {
      return packet.no();
    }
    if (packet.device().isEmpty() || text.chars().allMatch(Character::isDigit)) {
      return packet.maybe();
    }
    String have = packet.device().get();
    boolean open = !text.isEmpty() && text.charAt(text.length() - 1) == wildcard;
    return packet.when(
        open ? have.startsWith(text.substring(0, text.length() - 1)) : have.equals(text));
  }

  /** A state of connection tracking. */
  static Reach state(Packet packet, String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "new" -> packet.when(!packet.established());
      case "established" -> packet.when(packet.established());
      case "related", "invalid", "untracked", "dnat", "snat" -> packet.no();
      default -> packet.maybe();
    };
  }

  /** A transport protocol. */
  static Reach protocol(Packet packet, String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "tcp", "6", "all" -> packet.yes();
      // A range of numbers may hold TCP's; a name or another number is another protocol.
      default -> text.matches("0x.*|\\d+-.*") ? packet.maybe() : packet.no();
    };
  }

  /** A kind of address: that of this host ({@code local}), of another, or of many. */
  static Reach addressType(Packet packet, boolean ofDestination, String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "local" ->
          packet.bridged().isPresent()
              ? packet.no()
              : packet.when(ofDestination == packet.incoming());
      case "unicast" ->
          packet.bridged().isPresent()
              ? packet.yes()
              : packet.when(ofDestination != packet.incoming());
      case "broadcast", "multicast", "anycast", "blackhole", "unreachable", "prohibit" ->
          packet.no();
      default -> packet.maybe();
    };
  }
}
