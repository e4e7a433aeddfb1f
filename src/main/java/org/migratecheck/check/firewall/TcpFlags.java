package org.migratecheck.check.firewall;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** The flags of TCP packets. */
final class TcpFlags {
  private static final List<String> NAMES =
      List.of("fin", "syn", "rst", "psh", "ack", "urg", "ecn", "cwr");

  private TcpFlags() {}

  /** Returns the bits of {@code names}, {@code all} or {@code none}; empty for unknown names. */
  static OptionalInt bits(List<String> names) {
    int bits = 0;
    for (String name : names) {
      String lower = name.toLowerCase(Locale.ROOT);
      int index = NAMES.indexOf(lower);
      if (index >= 0) {
        bits |= 1 << index;
      } else if (lower.equals("all")) {
        bits |= 0x3f;
      } else if (!lower.equals("none") && !lower.equals("0x0")) {
        return OptionalInt.empty();
      }
    }
    return OptionalInt.of(bits);
  }

  /** Returns whether the packet's flags below {@code mask} are exactly {@code value}. */
  static Reach equal(Packet packet, OptionalInt mask, OptionalInt value) {
    // Later packets carry ACK, and PSH or not.
    if (mask.isEmpty() || value.isEmpty() || (packet.established() && !packet.reply())) {
      return packet.maybe();
    }
    return packet.when((flags(packet) & mask.getAsInt()) == value.getAsInt());
  }

  /** Returns whether the packet has any of the flags. */
  static Reach any(Packet packet, OptionalInt value) {
    if (value.isEmpty() || (packet.established() && !packet.reply())) {
      return packet.maybe();
    }
    return packet.when((flags(packet) & value.getAsInt()) != 0);
  }

  private static int flags(Packet packet) {
    return packet.reply() ? 0b10010 : 0b10;
  }
}
