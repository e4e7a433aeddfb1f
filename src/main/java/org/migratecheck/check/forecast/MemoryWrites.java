package org.migratecheck.check.forecast;

/**
 * How much of a guest's memory differs after some time, drawn through what was seen after one and
 * two seconds. A guest that writes all over its memory doubles the amount; one that writes the same
 * pages again and again does not. Between, pages are hit at random: after {@code t} seconds {@code
 * set * (1 - exp(-rate * t / set))} bytes differ.
 */
final class MemoryWrites {
  /** QEMU looks at 512 pages of each GiB (migration/dirtyrate.c), so that each stands for 2 MiB. */
  private static final double PAGE_STANDS_FOR = 2 * 1024 * 1024.0;

  private static final double UNTOLD_PAGES = 4;
  private static final double NEARLY_ALL = 0.95;
  private static final double NEARLY_NONE = 0.05;

  private final double one;
  private final double two;
  private final double memory;

  /**
   * @param one bytes that differed after one second
   * @param two bytes that differed after two seconds
   * @param memory bytes of memory in use
   */
  MemoryWrites(double one, double two, double memory) {
    this.memory = Math.max(1, memory);
    // Both are samples of other pages: what lies outside of what is possible is their error.
    double first = Math.max(0, Math.min(one, this.memory));
    double second = Math.max(0, Math.min(two, this.memory));
    if (second < first) {
      first = (first + second) / 2;
      second = first;
    } else if (second > 2 * first) {
      first = (first + second / 2) / 2;
      second = 2 * first;
    }
    this.one = first;
    this.two = second;
  }

  /**
   * Returns the same guest with the sampling's error taken off or added.
   *
   * @param errors in standard deviations
   */
  MemoryWrites shifted(double errors) {
    return new MemoryWrites(shift(one, errors), shift(two, errors), memory);
  }

  /**
   * The error of a count is its square root; where nothing was counted, one may have been missed.
   */
  private static double shift(double bytes, double errors) {
    double pages = bytes / PAGE_STANDS_FOR;
    return Math.max(0, pages + errors * Math.sqrt(Math.max(1, pages))) * PAGE_STANDS_FOR;
  }

  /** Returns the bytes that are written again and again; all memory where no end was seen. */
  double set() {
    double fresh = fresh();
    return fresh >= NEARLY_ALL ? memory : Math.min(memory, one / (1 - fresh));
  }

  /** Returns how many bytes are written in a second, of which some are the same ones. */
  double rate() {
    double set = set();
    return fresh() >= NEARLY_ALL ? one : -set * Math.log(Math.max(NEARLY_NONE, 1 - one / set));
  }

  /**
   * The part of the second second's writes that hit pages which the first second did not. A few
   * sampled pages tell little of it: they are mixed with pages of which half are hit again.
   */
  private double fresh() {
    double pages = one / PAGE_STANDS_FOR;
    double more = (two - one) / PAGE_STANDS_FOR;
    double fresh = (more + UNTOLD_PAGES / 2) / (pages + UNTOLD_PAGES);
    return one <= 0 ? 1 : Math.max(NEARLY_NONE, Math.min(1, fresh));
  }

  /** Returns how many bytes differ after {@code seconds}, most likely. */
  double after(double seconds) {
    double set = set();
    double bytes =
        fresh() >= NEARLY_ALL ? one * seconds : set * (1 - Math.exp(-rate() * seconds / set));
    return Math.min(memory, bytes);
  }

  /** Returns how many bytes differ after {@code seconds} at least: no more than was seen. */
  double atLeastAfter(double seconds) {
    return Math.min(two, one * seconds);
  }
}
