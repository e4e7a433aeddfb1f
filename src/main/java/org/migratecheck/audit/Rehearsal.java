package org.migratecheck.audit;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.migratecheck.model.HostEvidence;
import org.migratecheck.model.Report;

/**
 * Judges and renders what is known after the first step, while the hosts are busy with the second,
 * and throws it away: Java has then loaded and compiled what the real report needs, which comes
 * half a second sooner.
 */
final class Rehearsal {
  /** More hosts would keep the processors from the connections, and teach Java nothing new. */
  private static final int HOSTS = 2;

  private Rehearsal() {}

  /**
   * Begins in a thread of its own, which nobody waits for.
   *
   * @param assessment how it is judged
   * @param evidence the hosts after the first step, source first
   * @param audience renders the report
   */
  static void begin(Assessment assessment, List<HostEvidence> evidence, Consumer<Report> audience) {
    List<HostEvidence> some = evidence.subList(0, Math.min(HOSTS, evidence.size()));
    Thread thread =
        new Thread(
            () -> audience.accept(assessment.assess(some, Map.of(), List.of())), "rehearsal");
    // The real report will meet the same mistake, and tell of it.
    thread.setUncaughtExceptionHandler((t, e) -> {});
    thread.setDaemon(true);
    thread.start();
  }
}
