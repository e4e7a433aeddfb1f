package org.migratecheck.migrate;

import java.util.Locale;
import java.util.OptionalLong;

/** Words for how far a migration is. */
public final class Progress {
  private static final double MIB = 1048576.0;

  private Progress() {}

  /** Returns one line. */
  static String words(JobInfo job) {
    StringBuilder line = new StringBuilder();
    if (job.remaining() >= 0) {
      line.append(
          String.format(
              Locale.ROOT,
              "%.0f of %.0f MiB left",
              job.remaining() / MIB,
              Math.max(job.total(), job.remaining()) / MIB));
    } else {
      line.append("beginning");
    }
    if (job.bandwidth() >= 0) {
      line.append(String.format(Locale.ROOT, ", %.1f MiB/s", job.bandwidth() / MIB));
    }
    if (job.dirtyRate() >= 0) {
      line.append(String.format(Locale.ROOT, ", dirtied %.1f MiB/s", job.dirtyRate() / MIB));
    }
    if (job.iteration() > 0) {
      line.append(", iteration ").append(job.iteration());
    }
    if (job.elapsed() >= 0) {
      line.append(String.format(Locale.ROOT, ", %.0f s", job.elapsed() / 1000.0));
    }
    OptionalLong left = job.secondsLeft();
    if (left.isPresent()) {
      line.append(", about ").append(left.getAsLong()).append(" s to go");
    }
    return line.toString();
  }
}
