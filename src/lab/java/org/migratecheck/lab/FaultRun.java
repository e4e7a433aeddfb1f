package org.migratecheck.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.migratecheck.lab.Tool.Command;
import org.migratecheck.lab.Tool.Finding;

/**
 * One fault from healthy to healthy: break, judge, really migrate, mend with the printed commands,
 * judge again, really migrate.
 */
final class FaultRun {
  /** Until a migration that is expected to hang is given up; a refusal takes 2 s. */
  private static final Duration HANGING = Duration.ofSeconds(20);

  /** For all other migrations; far more than the 2 s that they need on an idle machine. */
  private static final Duration MIGRATION = Duration.ofSeconds(90);

  private static final int ROUNDS = 3;

  private final Lab lab;
  private final LabReport report;
  private final Fault fault;
  private final boolean withTool;
  private final long start = System.nanoTime();

  private String before = "-";
  private String finding = "-";
  private String reality = "-";
  private String mended = "-";
  private String moved = "-";

  /**
   * @param withTool false looks only at what libvirt does
   */
  FaultRun(Lab lab, LabReport report, Fault fault, boolean withTool) {
    this.lab = lab;
    this.report = report;
    this.fault = fault;
    this.withTool = withTool;
  }

  void run() {
    boolean done = false;
    try {
      Guest guest = breakIt();
      List<Command> fix = withTool ? judge() : List.of();
      reality(guest);
      if (withTool) {
        mend(guest, fix);
      }
      done = true;
    } finally {
      if (!done) {
        lab.touchAll(); // what is left is anybody's guess
      }
      long seconds = (System.nanoTime() - start) / 1_000_000_000;
      report.add(
          LabTable.FAULTS,
          fault.requirement().ordinal() + fault.id(),
          seconds,
          fault.id(),
          before,
          finding,
          reality,
          mended,
          moved);
    }
  }

  private Guest breakIt() {
    report.timed("resetting", lab::reset);
    return report.timed(
        "breaking",
        () -> {
          fault.given().prepare().accept(lab);
          Guest guest =
              Guest.start(lab, Lab.A, "guest", fault.given().guestOptions().toArray(String[]::new));
          fault.inject().accept(lab);
          return guest;
        });
  }

  private Tool.Run check() {
    List<String> options = new ArrayList<>(fault.given().toolOptions());
    // The forecast takes a second, and judges nothing that is broken here; ForecastIT looks at it.
    options.addAll(List.of("--skip", "guest-converges"));
    return report.timed(
        "auditing", () -> Tool.check(lab, Lab.A, Lab.B, options.toArray(String[]::new)));
  }

  private Migration migrate(Guest guest, Duration deadline) {
    return report.timed(
        "migrating",
        () -> Migration.live(lab, guest, Lab.A, Lab.B, deadline, fault.given().migrateOptions()));
  }

  private List<Command> judge() {
    boolean blocks = fault.expected().blocks();
    Tool.Run run = check();
    before = run.verdict();
    report.matrix().count(fault.requirement(), !blocks, before);
    List<Finding> hits = fault.hits(run);
    List<String> ids = hits.stream().map(Finding::id).distinct().toList();
    finding = ids.isEmpty() ? "missed" : String.join(" ", ids);
    report.matrix().found(fault.requirement(), !ids.isEmpty());
    assertThat(run.verdict())
        .as("verdict with %s\n%s", fault.id(), run.summary())
        .isEqualTo(blocks ? "NOT_READY" : "READY");
    assertThat(run.exec().exit()).as("exit status").isEqualTo(blocks ? 1 : 0);
    assertThat(hits)
        .as("%s speaks up\n%s", fault.expected().findings(), run.summary())
        .isNotEmpty();
    if (fault.expected().all()) {
      assertThat(ids).as(run.summary()).containsAll(fault.expected().findings());
    }
    return commands(hits);
  }

  private void reality(Guest guest) {
    if (fault.expected().outcome().kind() == Outcome.Kind.DAMAGES) {
      assertThat(guest.ticksPast(Lab.A, 0, Duration.ofSeconds(20))).as("the guest boots").isTrue();
      assertThat(fault.expected().outcome().proof().test(lab))
          .as("damage before the migration")
          .isFalse();
    }
    boolean hangs = fault.expected().outcome().kind() == Outcome.Kind.HANGS;
    Migration migration = migrate(guest, hangs ? HANGING : MIGRATION);
    reality =
        migration.summary()
            + (fault.expected().outcome().kind() == Outcome.Kind.DAMAGES
                ? "; " + fault.expected().outcome().text()
                : "");
    assertThat(fault.expected().outcome().describes(lab, migration))
        .as("expected of virsh migrate: %s, but: %s", fault.expected().outcome(), reality)
        .isTrue();
  }

  private void mend(Guest broken, List<Command> first) {
    Guest guest = broken;
    if (fault.expected().outcome().kind() != Outcome.Kind.REFUSED) {
      guest = breakIt(); // the guest is gone, damaged or stuck
    }
    List<Command> commands = first;
    Set<String> done = new LinkedHashSet<>();
    Tool.Run run = null;
    for (int round = 1; round <= ROUNDS; round++) {
      for (Command command : commands) {
        if (done.add(command.host() + " " + command.command())) {
          report.timed("mending", () -> apply(command));
        }
      }
      if (round == 1) {
        fault.byHand().accept(lab);
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
    assertThat(run == null ? List.of() : fault.hits(run))
        .as("still there after %s", done)
        .isEmpty();
    Migration migration = migrate(guest, MIGRATION);
    moved = migration.summary();
    assertThat(migration.arrived()).as("migration after the fix: %s", moved).isTrue();
    assertThat(guest.ticksPast(Lab.B, 0, Duration.ofSeconds(20))).as("the guest lives on").isTrue();
  }

  private void apply(Command command) {
    if (command.command().matches("(?s).*\\breboot\\b.*")) {
      lab.reboot(command.host(), command.command());
      if (command.host().equals(Lab.A)) {
        lab.must(Lab.A, "virsh -q start guest");
      }
      return;
    }
    Exec exec = lab.on(command.host(), command.command());
    assertThat(exec.exit())
        .as("fix on %s: %s\n%s", command.host(), command.command(), exec.text())
        .isZero();
  }

  private static List<Command> commands(List<Finding> findings) {
    return findings.stream().flatMap(f -> f.fix().stream()).distinct().collect(Collectors.toList());
  }
}
