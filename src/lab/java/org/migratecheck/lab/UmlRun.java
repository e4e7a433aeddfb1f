package org.migratecheck.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.migratecheck.lab.Outcome.Kind;
import org.migratecheck.lab.Tool.Command;
import org.migratecheck.lab.Tool.Finding;

/**
 * One fault between two hosts that stay up, from healthy to healthy: break, judge, really migrate,
 * mend with the printed commands, judge again, really migrate.
 */
final class UmlRun {
  /** Until a migration that is expected to hang is given up. */
  private static final Duration HANGING = Duration.ofSeconds(30);

  /** For all other migrations; they take some 10 s on an idle machine. */
  private static final Duration MIGRATION = Duration.ofMinutes(4);

  /** Until a guest has booted, or counts on. */
  private static final Duration COUNTING = Duration.ofMinutes(5);

  private static final Duration AUDIT = Duration.ofMinutes(10);

  private static final int ROUNDS = 3;

  private final UmlLab uml;
  private final LabReport report;
  private final Attachment attachment;
  private final Fault fault;
  private final long start = System.nanoTime();

  private Set<String> said = Set.of();
  private String before = "-";
  private String finding = "-";
  private String reality = "-";
  private String mended = "-";
  private String moved = "-";

  UmlRun(UmlLab uml, LabReport report, Attachment attachment, Fault fault) {
    this.uml = uml;
    this.report = report;
    this.attachment = attachment;
    this.fault = fault;
  }

  /** Runs a fault. */
  void run() {
    recorded(
        () -> {
          Guest guest = uml.use(attachment);
          boolean damages = fault.expected().outcome().kind() == Kind.DAMAGES;
          if (damages) {
            assertThat(guest.ticksPast(uml.from(), 0, COUNTING)).as("the guest boots").isTrue();
          }
          uml.begin();
          fault.given().prepare().accept(uml.lab());
          fault.inject().accept(uml.lab());
          List<Command> fix = judge();
          mend(reality(guest), fix);
        });
  }

  /** Runs the healthy case: READY by all checks, there, and back. */
  void healthy() {
    recorded(
        () -> {
          Guest guest = uml.use(attachment);
          assertThat(guest.ticksPast(uml.from(), 0, COUNTING)).as("the guest boots").isTrue();
          Tool.Run run = check(List.of());
          before = run.verdict();
          report.matrix().count(fault.requirement(), true, before);
          assertThat(before).as(run.summary()).isEqualTo("READY");
          assertThat(run.exec().exit()).as("exit status").isZero();
          reality = goOn(guest);
          moved = goOn(guest);
        });
  }

  /** Migrates, and sees the guest count on. */
  private String goOn(Guest guest) {
    int count = guest.tick(uml.from()).orElseThrow();
    Migration migration = migrate(guest, MIGRATION);
    assertThat(migration.arrived()).as(migration.summary()).isTrue();
    assertThat(guest.ticksPast(uml.from(), count, COUNTING)).as("it counts on").isTrue();
    return migration.summary();
  }

  private void recorded(Runnable work) {
    boolean done = false;
    try {
      work.run();
      done = true;
    } finally {
      if (!done) {
        uml.spoil();
      }
      report.add(
          LabTable.FAULTS,
          fault.requirement().ordinal() + fault.id(),
          (System.nanoTime() - start) / 1_000_000_000,
          fault.id(),
          before,
          finding,
          reality,
          mended,
          moved);
    }
  }

  /** Faults are judged by the checks of their own group, which is quicker. */
  private Tool.Run check() {
    return check(
        List.of("--only", fault.requirement() == Requirement.NETWORK ? "network" : "storage"));
  }

  private Tool.Run check(List<String> group) {
    var options = new ArrayList<String>(List.of("--timeout", "600"));
    options.addAll(group);
    options.addAll(fault.given().toolOptions());
    return report.timed(
        "auditing",
        () -> Tool.check(AUDIT, uml.lab(), uml.from(), uml.to(), options.toArray(String[]::new)));
  }

  private Migration migrate(Guest guest, Duration deadline) {
    return report.timed("migrating", () -> uml.migrate(guest, deadline));
  }

  private List<Command> judge() {
    boolean blocks = fault.expected().blocks();
    Tool.Run run = check();
    before = run.verdict();
    report.matrix().count(fault.requirement(), !blocks, before);
    List<Finding> hits = hits(run);
    finding = hits.isEmpty() ? "missed" : hits.get(0).id();
    report.matrix().found(fault.requirement(), !hits.isEmpty());
    said = lines(hits);
    assertThat(before)
        .as("verdict with %s\n%s", fault.id(), run.summary())
        .isEqualTo(blocks ? "NOT_READY" : "READY");
    assertThat(run.exec().exit()).as("exit status").isEqualTo(blocks ? 1 : 0);
    if (fault.expected().findings().isEmpty()) {
      finding = "-"; // an oddity that is sound
      return List.of();
    }
    assertThat(hits)
        .as("%s speaks up\n%s", fault.expected().findings(), run.summary())
        .isNotEmpty();
    return commands(hits);
  }

  /** The findings of this fault: of its checks, and failed or, where it only warns, warning. */
  private List<Finding> hits(Tool.Run run) {
    String status = fault.expected().blocks() ? "FAIL" : "WARN";
    return run.findings().stream()
        .filter(f -> f.status().equals(status) && fault.expected().findings().contains(f.id()))
        .toList();
  }

  /** Returns whether the guest is fine wherever it is now; else it must be started again. */
  private boolean reality(Guest guest) {
    Outcome outcome = fault.expected().outcome();
    if (outcome.kind() == Kind.DAMAGES) {
      assertThat(outcome.proof().test(uml.lab())).as("damage before the migration").isFalse();
    }
    Migration migration = migrate(guest, outcome.kind() == Kind.HANGS ? HANGING : MIGRATION);
    reality = migration.summary() + (outcome.kind() == Kind.DAMAGES ? "; " + outcome.text() : "");
    assertThat(outcome.describes(uml.lab(), migration))
        .as("expected of virsh migrate: %s, but: %s", outcome, reality)
        .isTrue();
    return outcome.kind() == Kind.REFUSED || outcome.kind() == Kind.NOT_LOOKED_AT;
  }

  /**
   * Mends by hand first: what the storage does not give, no command on a host can take. A guest
   * that was harmed is ended before anything else, as it holds what is to be mended.
   */
  private void mend(boolean guestIsFine, List<Command> first) {
    if (fault.expected().outcome().kind() == Kind.DAMAGES) {
      uml.stop();
    }
    fault.byHand().accept(uml.lab());
    List<Command> commands = first;
    Set<String> done = new LinkedHashSet<>();
    boolean restarted = guestIsFine;
    Tool.Run run = null;
    for (int round = 1; round <= ROUNDS; round++) {
      for (Command command : commands) {
        if (done.add(command.host() + " " + command.command())) {
          report.timed("mending", () -> apply(command));
        }
      }
      if (!restarted) {
        uml.restartOnSource();
        restarted = true;
      }
      run = check();
      mended = run.verdict() + " after " + done.size();
      commands = commands(run.blockers());
      if (run.verdict().equals("READY") || commands.isEmpty()) {
        break;
      }
    }
    report.matrix().count(fault.requirement(), true, run == null ? "UNDETERMINED" : run.verdict());
    assertThat(mended)
        .as("after the fix %s\n%s", done, run == null ? "" : run.summary())
        .startsWith("READY");
    // What a check says of the sound pair, too, may stay: NFS 3 is mounted without locks here.
    if (!said.isEmpty()) {
      assertThat(lines(hits(run))).as("still there after %s", done).isSubsetOf(said);
      assertThat(lines(hits(run))).as("still there after %s", done).isNotEqualTo(said);
    }
    Migration migration = migrate(uml.use(attachment), MIGRATION);
    moved = migration.summary();
    assertThat(migration.arrived()).as("migration after the fix: %s", moved).isTrue();
  }

  private void apply(Command command) {
    Exec exec = uml.lab().look(Duration.ofMinutes(4), command.host(), command.command());
    assertThat(exec.exit())
        .as("fix on %s: %s\n%s", command.host(), command.command(), exec.text())
        .isZero();
  }

  private static Set<String> lines(List<Finding> findings) {
    return findings.stream().flatMap(f -> f.message().lines()).collect(Collectors.toSet());
  }

  private static List<Command> commands(List<Finding> findings) {
    return findings.stream().flatMap(f -> f.fix().stream()).distinct().toList();
  }
}
