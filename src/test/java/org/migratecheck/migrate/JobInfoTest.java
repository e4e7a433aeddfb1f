package org.migratecheck.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@code virsh domjobinfo} as it really prints. */
final class JobInfoTest {
  private static final String RUNNING =
      """
      Job type:         Unbounded
      Operation:        Outgoing migration
      Time elapsed:     4171         ms
      Data processed:   2.020 MiB
      Data remaining:   126.793 MiB
      Memory processed: 2.020 MiB
      Memory remaining: 126.793 MiB
      Memory total:     128.758 MiB
      Memory bandwidth: 4.794 MiB/s
      Dirty rate:       512          pages/s
      Page size:        4096         bytes
      Iteration:        2
      Expected downtime: 300         ms
      """;

  @Test
  void readsSizesAndRates() {
    JobInfo job = JobInfo.parse(RUNNING).orElseThrow();
    assertThat(job.running()).isTrue();
    assertThat(job.elapsed()).isEqualTo(4171);
    assertThat(job.remaining()).isEqualTo((long) (126.793 * 1048576));
    assertThat(job.dirtyRate()).isEqualTo(512 * 4096);
    assertThat(job.secondsLeft()).hasValue(46);
    assertThat(Progress.words(job))
        .isEqualTo(
            "127 of 129 MiB left, 4.8 MiB/s, dirtied 2.0 MiB/s, iteration 2, 4 s, about 46 s to go");
  }

  @Test
  void aGuestThatDirtiesFasterThanItIsSentHasNoEnd() {
    assertThat(JobInfo.parse(RUNNING.replace("512  ", "51200")).orElseThrow().secondsLeft())
        .isEmpty();
  }

  @Test
  void inTheFirstIterationTheDirtyRateIsNotKnown() {
    String first =
        RUNNING.replace("Iteration:        2", "Iteration:        1").replace("512 ", "0   ");
    assertThat(JobInfo.parse(first).orElseThrow().dirtyRate()).isEqualTo(-1);
  }

  @Test
  void noJobIsNoMigration() {
    assertThat(JobInfo.parse("Job type:         None        \n").orElseThrow().running()).isFalse();
    assertThat(JobInfo.parse("error: failed to get domain 'x'")).isEmpty();
    assertThat(JobInfo.parse("")).isEmpty();
    assertThat(JobInfo.parse("Job type: Unbounded\nMemory remaining: 99999999999999999999 MiB\n"))
        .isPresent();
  }
}
