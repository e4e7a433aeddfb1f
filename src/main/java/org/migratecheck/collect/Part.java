package org.migratecheck.collect;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.migratecheck.model.ProbeOutput;
import org.migratecheck.model.ProbeOutput.Completeness;

/** One output while its stream is being read: what the lines about it and its bytes told so far. */
final class Part {
  final Stream stdout = new Stream();
  final Stream stderr = new Stream();
  boolean ended;
  boolean givenUp;
  int exitStatus = -1;
  long millis;
  char flag = '-';
  private final Completeness absent;
  private final Optional<Part> probe;

  /** One of the two outputs; identity counts. */
  static final class Stream {
    private @Nullable String text;
    private long size;

    void set(String newText, long newSize) {
      text = newText;
      size = newSize;
    }
  }

  /**
   * Begins an output.
   *
   * @param absent what to say when its bytes are not there
   * @param probe the probe that it is a part of, or empty when it is the probe's own
   */
  Part(Completeness absent, Optional<Part> probe) {
    this.absent = absent;
    this.probe = probe;
  }

  ProbeOutput output() {
    String out = stdout.text;
    String err = stderr.text;
    return new ProbeOutput(
        completeness(), exitStatus, out == null ? "" : out, err == null ? "" : err, millis);
  }

  private Completeness completeness() {
    if (flag == 'T' || givenUp || (!ended && probe.filter(Part::wasStopped).isPresent())) {
      return Completeness.TIMED_OUT;
    }
    if (!ended) {
      return Completeness.MISSING;
    }
    if (flag == 'C' || stdout.size >= BatchScript.PART_CAP || stderr.size >= BatchScript.PART_CAP) {
      return Completeness.TRUNCATED;
    }
    return stdout.text == null || stderr.text == null ? absent : Completeness.COMPLETE;
  }

  private boolean wasStopped() {
    return givenUp || flag == 'T';
  }
}
