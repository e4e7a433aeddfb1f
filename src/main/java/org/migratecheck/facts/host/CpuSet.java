package org.migratecheck.facts.host;

import java.util.BitSet;
import org.migratecheck.facts.Undetermined;

/** Sets of processors or NUMA nodes as the kernel and libvirt write them, such as {@code 0-3,5}. */
public final class CpuSet {
  private static final int MAX = 1 << 14;

  private CpuSet() {}

  /**
   * Reads a set; {@code ^N} takes a number out again, as in libvirt's XML.
   *
   * @throws Undetermined for what is no set
   */
  public static BitSet parse(String what, String text) {
    BitSet set = new BitSet();
    for (String part : text.strip().split(",")) {
      String item = part.strip();
      if (item.isEmpty()) {
        continue;
      }
      boolean without = item.startsWith("^");
      String[] range = (without ? item.substring(1) : item).split("-", 2);
      int from = number(what, range[0]);
      int to = number(what, range[range.length - 1]);
      if (to < from) {
        throw unreadable(what);
      }
      set.set(from, to + 1, !without);
    }
    return set;
  }

  /** Writes a set in the kernel's way; empty for the empty set. */
  public static String text(BitSet set) {
    StringBuilder text = new StringBuilder();
    for (int from = set.nextSetBit(0); from >= 0; ) {
      int end = set.nextClearBit(from);
      text.append(text.isEmpty() ? "" : ",").append(from);
      if (end - 1 > from) {
        text.append('-').append(end - 1);
      }
      from = set.nextSetBit(end);
    }
    return text.toString();
  }

  private static int number(String what, String digits) {
    if (!digits.strip().matches("[0-9]{1,5}") || Integer.parseInt(digits.strip()) >= MAX) {
      throw unreadable(what);
    }
    return Integer.parseInt(digits.strip());
  }

  private static Undetermined unreadable(String what) {
    return new Undetermined(what + " is no readable set of numbers");
  }
}
