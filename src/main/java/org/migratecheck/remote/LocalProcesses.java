package org.migratecheck.remote;

/** Ends processes with all that they started. */
final class LocalProcesses {
  private LocalProcesses() {}

  /**
   * Kills {@code process} and its descendants. The parent goes first, so that it starts no more; a
   * second look finds those that were started in between.
   */
  static void killTree(Process process) {
    java.util.List<ProcessHandle> first = process.descendants().toList();
    process.destroyForcibly();
    first.forEach(ProcessHandle::destroyForcibly);
    first.stream().flatMap(ProcessHandle::descendants).forEach(ProcessHandle::destroyForcibly);
  }
}
