package org.migratecheck.check.system;

import java.util.List;
import java.util.Set;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.system.GuestState;
import org.migratecheck.model.Observed;

/**
 * What libvirt's source refuses before it sends anything (qemuMigrationSrcIsAllowed in libvirt's
 * src/qemu/qemu_migration.c): a guest that does not run, has snapshots, or is busy.
 */
final class GuestStateEvaluators {
  private GuestStateEvaluators() {}

  /** Judges whether the guest has a running or paused QEMU process that can be moved. */
  static Outcome running(CheckContext context) {
    Guest guest = context.guest();
    String state = guest.state();
    List<Observed> observed = List.of(new Observed("state", state, ""));
    String word = state.split(" \\(", 2)[0].strip();
    String kind =
        switch (word) {
          case "running", "idle", "blocked" -> "";
          case "paused" -> paused(state);
          case "crashed" -> "crashed";
          case "pmsuspended" -> "suspended";
          case "in shutdown" -> "stopping";
          default -> "not-running";
        };
    return Outcome.of(
            kind.isEmpty()
                ? List.of()
                : List.of(Problem.on(Side.SOURCE, kind, "state", state, "uuid", guest.uuid())),
            observed)
        .with("state", state);
  }

  /** A paused guest arrives paused; only some reasons for the pause mean trouble. */
  private static String paused(String state) {
    String reason = state.replaceFirst("^[^(]*\\(?", "").replaceFirst("\\)$", "");
    if (Set.of("I/O error", "ioerror").contains(reason)) {
      return "io-error";
    }
    return reason.startsWith("post-copy") || reason.startsWith("migrating") ? "migrating" : "";
  }

  /** Judges whether libvirt knows snapshots of the guest. */
  static Outcome snapshots(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    List<String> snapshots = state(context).snapshots();
    return Outcome.of(
        snapshots.isEmpty()
            ? List.of()
            : List.of(
                Problem.on(
                    Side.SOURCE,
                    "present",
                    "count",
                    Integer.toString(snapshots.size()),
                    "snapshots-word",
                    snapshots.size() == 1 ? "snapshot" : "snapshots",
                    "names",
                    String.join(", ", snapshots),
                    "uuid",
                    context.guest().uuid())),
        snapshots.stream().map(s -> new Observed("snapshot", s, "")).toList());
  }

  /** Judges whether a job or block job of the guest is running. */
  static Outcome jobs(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    GuestState state = state(context);
    List<Problem> problems = new java.util.ArrayList<>();
    if (!state.job().isEmpty()) {
      problems.add(
          Problem.on(Side.SOURCE, "job", "job", state.job(), "uuid", context.guest().uuid()));
    }
    for (String job : state.blockJobs()) {
      if (!state.job().isEmpty() && job.endsWith(": " + state.job())) {
        continue; // the disk's part in the job above, which ends with it
      }
      String disk = job.substring(0, Math.max(0, job.indexOf(':')));
      problems.add(
          Problem.on(
              Side.SOURCE, "block-job", "job", job, "disk", disk, "uuid", context.guest().uuid()));
    }
    return Outcome.of(
        problems,
        List.of(
            new Observed("job", state.job(), ""),
            new Observed("block jobs", String.join(", ", state.blockJobs()), "")));
  }

  private static GuestState state(CheckContext context) {
    return GuestState.of(
        context.link(GuestState.FACT), context.guest().uuid(), context.guest().name());
  }
}
