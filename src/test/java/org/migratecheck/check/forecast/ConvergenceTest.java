package org.migratecheck.check.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.migratecheck.model.Forecast.Outlook;

class ConvergenceTest {
  private static final double MIB = 1024 * 1024.0;

  private static Convergence of(double one, double two, double memory, double bandwidth) {
    return new Convergence(
        memory * MIB, new MemoryWrites(one * MIB, two * MIB, memory * MIB), bandwidth * MIB, 0.3);
  }

  /** Columns: MiB changed in one and two seconds, MiB of memory, MiB/s; then what must be said. */
  @ParameterizedTest
  @CsvSource({
    // a quiet guest, also over a slow link
    "0, 0, 4096, 100, CONVERGES",
    "2, 2, 4096, 10, CONVERGES",
    // writes all over its memory, slower and faster than the link
    "30, 60, 4096, 112, CONVERGES",
    "500, 1000, 4096, 112, WILL_NOT_CONVERGE",
    "112, 224, 4096, 112, BORDERLINE",
    // rewrites the same 24 MiB all the time: fits into a pause at 112 MiB/s, not at 40
    "24, 24, 4096, 112, CONVERGES",
    "400, 410, 4096, 112, WILL_NOT_CONVERGE",
    // as measured in the lab: 60 MiB in a loop over 9 MiB/s; 4 MiB/s over 18 MiB/s
    "58, 62, 228, 9, WILL_NOT_CONVERGE",
    "6, 10, 228, 18, CONVERGES",
  })
  void saysWhetherItEnds(double one, double two, double memory, double link, Outlook outlook) {
    assertThat(of(one, two, memory, link).outlook()).isEqualTo(outlook);
  }

  @Test
  void timeIsThatOfMemoryAndOfWhatChangesMeanwhile() {
    Convergence.Course quiet = of(0, 0, 1000, 100).course();
    assertThat(quiet.seconds()).isCloseTo(10, within(0.01));
    assertThat(quiet.rest()).isZero();
    Convergence.Course half = of(500, 1000, 10_000, 1000).course();
    // 10 + 5 + 2.5 + 1.25 + 0.625 s, and 312.5 MiB are left: more than 0.3 s; so once more
    assertThat(half.ends()).isTrue();
    assertThat(half.seconds()).isBetween(19.0, 20.0);
    assertThat(half.rest() / MIB).isBetween(100.0, 300.0);
  }

  @Test
  void slowestBandwidthIsWhereItBeginsToEnd() {
    Convergence busy = of(200, 400, 8000, 100);
    double needed = busy.needed().orElseThrow() / MIB;
    assertThat(needed).isBetween(150.0, 450.0);
    assertThat(of(200, 400, 8000, needed * 1.05).outlook()).isEqualTo(Outlook.CONVERGES);
    assertThat(of(200, 400, 8000, needed * 0.9).outlook()).isNotEqualTo(Outlook.CONVERGES);
  }

  @Test
  void aLongerPauseLetsItEnd() {
    MemoryWrites writes = new MemoryWrites(60 * MIB, 62 * MIB, 228 * MIB);
    assertThat(new Convergence(228 * MIB, writes, 10 * MIB, 10).outlook())
        .isEqualTo(Outlook.CONVERGES);
  }

  @ParameterizedTest
  @CsvSource({"-1, -5", "0, 50", "50, 0", "1e18, 1e18", "1e300, 1", "3, 900"})
  void oddSamplesGiveNumbersAllTheSame(double one, double two) {
    MemoryWrites writes = new MemoryWrites(one, two, 1e9);
    for (double seconds : new double[] {0, 0.01, 1, 2, 1000}) {
      assertThat(writes.after(seconds)).isBetween(-10.0, 1e9);
    }
    assertThat(writes.set()).isFinite();
    assertThat(writes.rate()).isFinite();
    assertThat(new Convergence(1e9, writes, 1e8, 0.3).course().seconds()).isPositive();
  }
}
