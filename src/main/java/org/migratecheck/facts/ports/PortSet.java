package org.migratecheck.facts.ports;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.BitSet;
import java.util.Objects;
import java.util.StringJoiner;
import org.migratecheck.facts.Undetermined;

/** An immutable set of TCP ports, written as ranges such as {@code 49152-49159, 49161}. */
public final class PortSet {
  /** No port. */
  public static final PortSet NONE = new PortSet(new BitSet());

  private final BitSet bits;

  private PortSet(BitSet bits) {
    this.bits = bits;
  }

  /** Returns the set of the ports whose bits are set. */
  public static PortSet of(BitSet bits) {
    return new PortSet((BitSet) bits.clone());
  }

  /**
   * Returns all ports from {@code first} to {@code last}; none where {@code last} is less.
   *
   * @throws IllegalArgumentException outside 0 to 65535
   */
  public static PortSet range(int first, int last) {
    if (first < 0 || last > 65535) {
      throw new IllegalArgumentException("no port: " + first + "-" + last);
    }
    BitSet bits = new BitSet();
    if (first <= last) {
      bits.set(first, last + 1);
    }
    return new PortSet(bits);
  }

  /** Reads {@code FIRST-LAST} or {@code PORT}, several separated by blanks. */
  static PortSet parse(String text) {
    BitSet bits = new BitSet();
    for (String word : text.strip().split("\\s+")) {
      if (word.isEmpty()) {
        continue;
      }
      String[] ends = word.split("-", 2);
      int first = port(ends[0]);
      int last = port(ends[ends.length - 1]);
      if (first > last) {
        throw new Undetermined("no range of ports: " + first + "-" + last);
      }
      bits.set(first, last + 1);
    }
    return new PortSet(bits);
  }

  /** Reads one port number. */
  static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new Undetermined("what should be a port number is none");
  }

  /** Returns a copy as bits. */
  public BitSet bits() {
    return (BitSet) bits.clone();
  }

  /** Returns whether there is no port in it. */
  public boolean isEmpty() {
    return bits.isEmpty();
  }

  /** Returns the number of ports. */
  public int size() {
    return bits.cardinality();
  }

  /** Returns whether {@code port} is in it. */
  public boolean contains(int port) {
    return bits.get(port);
  }

  /** Returns the ports of this set that are not in {@code other}. */
  public PortSet minus(PortSet other) {
    BitSet result = bits();
    result.andNot(other.bits);
    return new PortSet(result);
  }

  /** Returns the ports of both sets together. */
  public PortSet plus(PortSet other) {
    BitSet result = bits();
    result.or(other.bits);
    return new PortSet(result);
  }

  /** Returns the ports that are in both sets. */
  public PortSet and(PortSet other) {
    BitSet result = bits();
    result.and(other.bits);
    return new PortSet(result);
  }

  /** Returns the lowest port; 0 where there is none. */
  public int first() {
    return Math.max(0, bits.nextSetBit(0));
  }

  /** Returns the highest port; 0 where there is none. */
  public int last() {
    return Math.max(0, bits.length() - 1);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PortSet set && bits.equals(set.bits);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(bits);
  }

  @JsonValue
  @Override
  public String toString() {
    StringJoiner result = new StringJoiner(", ");
    for (int first = bits.nextSetBit(0); first >= 0; ) {
      int end = bits.nextClearBit(first);
      result.add(end - 1 == first ? Integer.toString(first) : first + "-" + (end - 1));
      first = bits.nextSetBit(end);
    }
    return result.toString();
  }
}
