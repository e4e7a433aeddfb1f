package org.migratecheck.check.firewall;

import java.util.BitSet;

/**
 * For which ports a condition holds: surely, or possibly. Immutable; bits count from the packet's
 * first port.
 */
final class Reach {
  private final BitSet sure;
  private final BitSet may;

  /** Keeps the sets, which nobody may change afterwards; {@code sure} is part of {@code may}. */
  Reach(BitSet sure, BitSet may) {
    this.sure = sure;
    this.may = may;
  }

  /** Returns the ports for which it surely holds; not to be changed. */
  BitSet sure() {
    return sure;
  }

  /** Returns the ports for which it holds or may hold; not to be changed. */
  BitSet may() {
    return may;
  }

  boolean never() {
    return may.isEmpty();
  }

  Reach and(Reach other) {
    if (never() || other == this) {
      return this;
    }
    return new Reach(and(sure, other.sure), and(may, other.may));
  }

  Reach or(Reach other) {
    if (other.never()) {
      return this;
    }
    if (never()) {
      return other;
    }
    return new Reach(or(sure, other.sure), or(may, other.may));
  }

  /** Returns where it does not hold, among {@code all} ports. */
  Reach not(BitSet all) {
    return new Reach(minus(all, may), minus(all, sure));
  }

  private static BitSet and(BitSet a, BitSet b) {
    BitSet result = (BitSet) a.clone();
    result.and(b);
    return result;
  }

  private static BitSet or(BitSet a, BitSet b) {
    BitSet result = (BitSet) a.clone();
    result.or(b);
    return result;
  }

  private static BitSet minus(BitSet a, BitSet b) {
    BitSet result = (BitSet) a.clone();
    result.andNot(b);
    return result;
  }
}
