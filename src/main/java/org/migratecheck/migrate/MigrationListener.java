package org.migratecheck.migrate;

import java.util.List;
import org.migratecheck.model.Move;

/** Hears how migrations go; called from the thread of each guest. */
public interface MigrationListener {
  /** What to do when the user wants to leave. */
  enum Leave {
    /** Go on watching. */
    STAY,
    /** End the migration; the guest stays on the source. */
    ABORT,
    /** Leave it running. */
    LEAVE
  }

  /** A stage is reached: planned, checked, moved or verified. */
  void stage(String guest, Move.Stage stage);

  /**
   * It goes on.
   *
   * @param line words for people
   * @param numbers the same in numbers
   */
  void progress(String guest, String line, Numbers numbers);

  /** Something that people should know, such as a lost connection. */
  void note(String guest, String message);

  /** The gate stays shut. */
  void refused(String guest, List<String> reasons);

  /** Returns what the user wants, asked often; {@link Leave#STAY} while nobody said anything. */
  Leave wish(String guest);

  /**
   * Numbers of a running migration; -1 where not known.
   *
   * @param elapsedMillis since it began
   * @param remainingBytes still to be sent
   * @param totalBytes in all
   * @param bytesPerSecond sent
   * @param dirtyBytesPerSecond written by the guest meanwhile
   * @param iteration how often its memory was gone through
   */
  record Numbers(
      long elapsedMillis,
      long remainingBytes,
      long totalBytes,
      long bytesPerSecond,
      long dirtyBytesPerSecond,
      long iteration) {}
}
