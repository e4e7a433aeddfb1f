package org.migratecheck.model;

/**
 * What one probe printed on one host.
 *
 * @param completeness whether stdout and stderr are all that the probe had to say
 * @param exitStatus the probe's exit status, or -1 where there is none
 * @param stdout standard output, UTF-8 with malformed bytes replaced
 * @param stderr standard error, likewise
 * @param millis how long the probe ran on the host, in milliseconds
 */
public record ProbeOutput(
    Completeness completeness, int exitStatus, String stdout, String stderr, long millis) {

  /** Whether evidence may be trusted to be whole. */
  public enum Completeness {
    /** The probe ended by itself and nothing was cut. */
    COMPLETE,
    /** The output hit the size cap. */
    TRUNCATED,
    /** The probe was still running at its deadline. */
    TIMED_OUT,
    /** No frame of the probe arrived: the connection was cut, or the host's shell died. */
    MISSING
  }

  /** Returns the evidence of a probe that never answered. */
  public static ProbeOutput missing() {
    return missing("");
  }

  /** Returns the evidence of a probe that never answered, with the reason where it is known. */
  public static ProbeOutput missing(String reason) {
    return new ProbeOutput(Completeness.MISSING, -1, "", reason, 0);
  }
}
