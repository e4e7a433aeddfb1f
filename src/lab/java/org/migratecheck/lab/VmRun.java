package org.migratecheck.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.migratecheck.lab.Tool.Command;
import org.migratecheck.lab.Tool.Finding;

/**
 * One fault of the virtual machines, from a kept healthy state to healthy again: break, judge,
 * really migrate, mend with the printed commands, judge again, really migrate.
 */
final class VmRun {
  private static final Duration MIGRATION = Duration.ofMinutes(3);
  private static final int ROUNDS = 3;

  private final VmLab vms;
  private final LabReport report;
  private final String state;
  private final Fault fault;
  private final Guest guest;
  private final long start = System.nanoTime();

  private String before = "-";
  private String finding = "-";
  private String reality = "-";
  private String mended = "-";
  private String moved = "-";

  /**
   * @param state the kept state that the fault is made in
   */
  VmRun(VmLab vms, LabReport report, String state, Fault fault) {
    this.vms = vms;
    this.report = report;
    this.state = state;
    this.fault = fault;
    this.guest = new Guest(vms.lab(), "guest");
  }

  void run() {
    try {
      breakIt();
      List<Command> fix = judge();
      reality();
      if (fault.expected().outcome().kind() != Outcome.Kind.REFUSED) {
        breakIt(); // the guest is gone, damaged or stuck
      }
      mend(fix);
    } finally {
      long seconds = (System.nanoTime() - start) / 1_000_000_000;
      report.add(
          LabTable.FAULTS,
          fault.id(),
          seconds,
          fault.id(),
          before,
          finding,
          reality,
          mended,
          moved);
    }
  }

  /** The sound state: READY, and the guest really moves. */
  void healthy() {
    vms.load(state);
    Tool.Run run = vms.check();
    report.matrix().count(fault.requirement(), true, run.verdict());
    assertThat(run.verdict()).as(run.summary()).isEqualTo("READY");
    assertThat(run.warnings()).isEmpty();
    moved = migrate();
    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    report.add(LabTable.HEALTHY, fault.id(), seconds, fault.id(), run.verdict(), "", moved);
  }

  private void breakIt() {
    vms.load(state);
    fault.inject().accept(vms.lab());
  }

  private List<Command> judge() {
    boolean blocks = fault.expected().blocks();
    Tool.Run run = vms.check();
    before = run.verdict();
    report.matrix().count(fault.requirement(), !blocks, before);
    List<Finding> hits = hits(run);
    report.matrix().found(fault.requirement(), !hits.isEmpty());
    finding = hits.isEmpty() ? "missed" : hits.get(0).id();
    assertThat(before).as("verdict\n%s", run.summary()).isEqualTo(blocks ? "NOT_READY" : "READY");
    assertThat(hits).as("%s\n%s", fault.expected().findings(), run.summary()).isNotEmpty();
    return commands(hits);
  }

  private List<Finding> hits(Tool.Run run) {
    String status = fault.expected().blocks() ? "FAIL" : "WARN";
    return run.findings().stream()
        .filter(f -> f.status().equals(status) && fault.expected().findings().contains(f.id()))
        .toList();
  }

  private void reality() {
    Migration migration = Migration.live(vms.lab(), guest, VmLab.A, VmLab.B, MIGRATION);
    reality = migration.summary();
    if (fault.expected().outcome().kind() == Outcome.Kind.DAMAGES) {
      reality += "; " + fault.expected().outcome().text();
    }
    assertThat(fault.expected().outcome().describes(vms.lab(), migration))
        .as("expected of virsh migrate: %s, but: %s", fault.expected().outcome(), reality)
        .isTrue();
  }

  private void mend(List<Command> first) {
    List<Command> commands = first;
    Set<String> done = new LinkedHashSet<>();
    fault.byHand().accept(vms.lab());
    Tool.Run run = null;
    for (int round = 1; round <= ROUNDS; round++) {
      for (Command command : commands) {
        if (done.add(command.host() + " " + command.command())) {
          vms.lab().must(command.host(), command.command());
        }
      }
      run = vms.check();
      mended = run.verdict() + " after " + done.size();
      commands = commands(run.blockers());
      if (run.verdict().equals("READY") || done.containsAll(names(commands))) {
        break;
      }
    }
    report.matrix().count(fault.requirement(), true, run.verdict());
    assertThat(mended).as("after the fix %s\n%s", done, run.summary()).startsWith("READY");
    assertThat(hits(run)).as("still there after %s", done).isEmpty();
    moved = migrate();
  }

  /** Moves the guest, and proves that it goes on writing to the disk that the source reads, too. */
  private String migrate() {
    Migration migration = Migration.live(vms.lab(), guest, VmLab.A, VmLab.B, MIGRATION);
    assertThat(migration.arrived()).as("migration: %s", migration.summary()).isTrue();
    assertThat(VmFaults.counts(vms.lab())).as("it writes on, seen from vmA").isTrue();
    return migration.summary();
  }

  private static List<String> names(List<Command> commands) {
    return commands.stream().map(c -> c.host() + " " + c.command()).toList();
  }

  private static List<Command> commands(List<Finding> findings) {
    return findings.stream().flatMap(f -> f.fix().stream()).distinct().toList();
  }
}
