package org.migratecheck.check.forecast;

import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.migratecheck.model.Forecast.Outlook;

/**
 * QEMU's live migration as arithmetic: memory is sent round after round, in each what changed
 * during the one before; once the rest can be sent within the longest pause, the guest is stopped
 * for it (migration/migration.c: pending against bandwidth times downtime-limit).
 *
 * @param memory bytes to be sent in the first round
 * @param writes how they change
 * @param bandwidth bytes that can be sent in a second
 * @param pause the longest pause in seconds
 */
record Convergence(double memory, MemoryWrites writes, double bandwidth, double pause) {
  private static final int ROUNDS = 100;

  /** A round that leaves nearly as much as the one before leads nowhere. */
  private static final double PROGRESS = 0.98;

  /** Standard deviations of the sampling that must not change the answer. */
  private static final double ERROR = 0.5;

  private static final double SLOWEST = 1024 * 1024.0;
  private static final double FASTEST = 1e12;

  /**
   * How it ends.
   *
   * @param ends whether the rest became small enough
   * @param seconds until then; where it does not end, until it leads nowhere
   * @param rest bytes that are left then
   */
  record Course(boolean ends, double seconds, double rest) {}

  /** Returns the most likely course. */
  Course course() {
    return course(writes::after);
  }

  /** Returns what is sure: both limits of the samples' error must say the same. */
  Outlook outlook() {
    MemoryWrites more = writes.shifted(ERROR);
    MemoryWrites less = writes.shifted(-ERROR);
    if (course(more::after).ends()) {
      return Outlook.CONVERGES;
    }
    return course(less::atLeastAfter).ends() ? Outlook.BORDERLINE : Outlook.WILL_NOT_CONVERGE;
  }

  /** Returns the slowest bandwidth at which it surely ends; empty where none is enough. */
  Optional<Double> needed() {
    if (at(FASTEST).outlook() != Outlook.CONVERGES) {
      return Optional.empty();
    }
    double low = SLOWEST;
    double high = FASTEST;
    for (int i = 0; i < 60 && high / low > 1.01; i++) {
      double middle = Math.sqrt(low * high);
      if (at(middle).outlook() == Outlook.CONVERGES) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return Optional.of(high);
  }

  private Convergence at(double otherBandwidth) {
    return new Convergence(memory, writes, otherBandwidth, pause);
  }

  private Course course(DoubleUnaryOperator changed) {
    double rest = memory;
    double seconds = 0;
    for (int i = 0; i < ROUNDS; i++) {
      double round = rest / bandwidth;
      seconds += round;
      double left = changed.applyAsDouble(round);
      if (left <= bandwidth * pause) {
        return new Course(true, seconds, left);
      }
      if (i > 0 && left > rest * PROGRESS) {
        return new Course(false, seconds, left);
      }
      rest = left;
    }
    return new Course(false, seconds, rest);
  }
}
