package org.migratecheck.audit;

import java.util.List;
import org.migratecheck.model.Policy;

/**
 * What is judged, and how strictly.
 *
 * @param policy strict or compatible
 * @param warningsFail whether warnings make the verdict NOT READY
 * @param bothWays whether the way back is judged too
 * @param guests names or UUIDs of the guests to judge; empty judges every active guest of the
 *     source
 * @param noGuests whether hosts alone are judged
 * @param arguments the command line for the report, without secrets
 */
public record AuditOptions(
    Policy policy,
    boolean warningsFail,
    boolean bothWays,
    List<String> guests,
    boolean noGuests,
    List<String> arguments) {
  /** Copies the lists. */
  public AuditOptions {
    guests = List.copyOf(guests);
    arguments = List.copyOf(arguments);
  }
}
