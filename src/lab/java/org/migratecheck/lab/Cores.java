package org.migratecheck.lab;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** How many things that start processes are worth doing side by side on this machine. */
final class Cores {
  private static final int STARTS = 240;
  private static final double WORTH_IT = 1.3;
  private static final Duration DEADLINE = Duration.ofMinutes(1);

  private Cores() {}

  /** Returns the number of cores, or 1 where they start processes no faster than one. */
  static int useful() {
    int cores = Runtime.getRuntime().availableProcessors();
    if (cores == 1) {
      return 1;
    }
    start(STARTS / 4); // reads what the others find in memory
    long alone = time(1);
    long together = time(cores);
    return alone > WORTH_IT * together ? cores : 1;
  }

  private static long time(int shells) {
    long begin = System.nanoTime();
    IntStream.range(0, shells).parallel().forEach(i -> start(STARTS / shells));
    return System.nanoTime() - begin;
  }

  private static void start(int processes) {
    String loop = "i=0; while [ $i -lt %d ]; do /bin/true; i=$((i + 1)); done".formatted(processes);
    Exec.run(DEADLINE, List.of("sh", "-c", loop)).orFail("starting processes");
  }
}
