package org.migratecheck.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What became of one guest's migration.
 *
 * @param guest the guest's name
 * @param uuid its UUID
 * @param result how it ended
 * @param message one line of what that means, and where the guest runs
 * @param stages when it was planned, checked, moved and verified
 * @param measured what libvirt measured; empty when it did not move
 * @param verified what was looked at afterwards; empty when it did not move
 * @param said what libvirt said, line by line
 */
public record Move(
    String guest,
    String uuid,
    Result result,
    String message,
    List<Stage> stages,
    Optional<Measured> measured,
    List<Verified> verified,
    List<String> said) {
  /** Copies the lists. */
  public Move {
    stages = List.copyOf(stages);
    verified = List.copyOf(verified);
    said = List.copyOf(said);
  }

  /** How a migration ended. */
  public enum Result {
    /** It runs on the destination, and everything looked at afterwards is right. */
    MOVED,
    /** It runs on the destination, but something is not as planned. */
    MOVED_WITH_FAULTS,
    /** The migration failed; the message says where the guest runs. */
    FAILED,
    /** It was ended on request; the guest stays on the source. */
    ABORTED,
    /** We left while it went on, or lost sight of it. */
    LEFT_RUNNING,
    /** The gate did not open. */
    REFUSED,
    /** It was not its turn any more, because an earlier one failed. */
    NOT_STARTED;

    /** Returns how people write it. */
    public String label() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * A stage that was reached.
   *
   * @param name planned, checked, moved or verified
   * @param at when, by the clock of the machine that ran the migration
   * @param message what was so
   */
  public record Stage(String name, Instant at, String message) {}

  /**
   * What libvirt measured.
   *
   * @param totalMillis from the beginning to the end
   * @param pauseMillis how long the guest stood still; -1 when not told
   * @param bytes how much was sent; -1 when not told
   * @param iterations how often its memory was gone through; -1 when not told
   */
  public record Measured(long totalMillis, long pauseMillis, long bytes, int iterations) {}

  /**
   * One thing that was looked at afterwards.
   *
   * @param item what
   * @param status PASS, WARN, FAIL, ERROR (could not be determined) or SKIPPED (does not apply)
   * @param message what was seen
   */
  public record Verified(String item, Status status, String message) {}
}
