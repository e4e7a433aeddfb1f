package org.migratecheck.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.migratecheck.lab.Tool.Command;
import org.migratecheck.lab.Tool.Finding;

/**
 * Faults from healthy to healthy: break, judge, really migrate, mend with the printed commands,
 * judge again, really migrate. Usually it is one; several that only warn are made together, and
 * each must be found, and gone after the fix.
 */
final class FaultRun {
  /** Until a migration that is expected to hang is given up; a refusal takes 2 s. */
  private static final Duration HANGING = Duration.ofSeconds(20);

  /** For all other migrations; far more than the 2 s that they need on an idle machine. */
  private static final Duration MIGRATION = Duration.ofSeconds(90);

  private static final Duration BOOT = Duration.ofSeconds(20);

  private static final int ROUNDS = 3;

  private final LabReport report;
  private final List<Fault> faults;
  private final boolean withTool;
  private final Map<Fault, String> findings = new HashMap<>();

  private String before = "-";
  private String reality = "-";
  private String mended = "-";
  private String moved = "-";

  /**
   * Prepares a run.
   *
   * @param faults one, or several that only warn and that libvirt does not look at
   * @param withTool false looks only at what libvirt does
   */
  FaultRun(LabReport report, List<Fault> faults, boolean withTool) {
    this.report = report;
    this.faults = List.copyOf(faults);
    this.withTool = withTool;
    if (faults.size() > 1) {
      assertThat(faults)
          .as("made together")
          .allMatch(f -> !f.expected().blocks() && f.expected().outcome().arrives());
    }
  }

  /** Returns the names of the faults. */
  String name() {
    return faults.stream().map(Fault::id).collect(Collectors.joining(" "));
  }

  void in(Lab lab) {
    long start = System.nanoTime();
    boolean done = false;
    try {
      Guest guest = breakIt(lab);
      List<Command> fix = withTool ? judge(lab) : List.of();
      boolean stayed = reality(lab, guest);
      if (withTool) {
        mend(lab, stayed || comesBack(lab, guest) ? guest : breakIt(lab), fix);
      }
      done = true;
    } finally {
      if (!done) {
        lab.touchAll(); // what is left is anybody's guess
      }
      long seconds = (System.nanoTime() - start) / 1_000_000_000;
      for (Fault fault : faults) {
        report.add(
            LabTable.FAULTS,
            fault.requirement().ordinal() + fault.id(),
            seconds / faults.size(),
            fault.id(),
            before,
            findings.getOrDefault(fault, "-"),
            reality,
            mended,
            moved);
      }
    }
  }

  private Guest breakIt(Lab lab) {
    report.timed("resetting", lab::reset);
    return report.timed(
        "breaking",
        () -> {
          faults.forEach(fault -> fault.given().prepare().accept(lab));
          String[] options = options(given -> given.guestOptions());
          Guest guest = Guest.start(lab, Lab.A, "guest", options);
          faults.forEach(fault -> fault.inject().accept(lab));
          return guest;
        });
  }

  private String[] options(Function<Fault.Given, List<String>> of) {
    return faults.stream().flatMap(f -> of.apply(f.given()).stream()).toArray(String[]::new);
  }

  private Tool.Run check(Lab lab) {
    // The forecast takes a second, and judges nothing that is broken here; ForecastIT looks at it.
    List<String> options = new ArrayList<>(List.of("--skip", "guest-converges"));
    options.addAll(List.of(options(given -> given.toolOptions())));
    return report.timed(
        "auditing", () -> Tool.check(lab, Lab.A, Lab.B, options.toArray(String[]::new)));
  }

  private Migration migrate(Lab lab, Guest guest, Duration deadline) {
    String options =
        faults.stream().map(f -> f.given().migrateOptions()).collect(Collectors.joining(" "));
    return report.timed(
        "migrating", () -> Migration.live(lab, guest, Lab.A, Lab.B, deadline, options));
  }

  private List<Command> judge(Lab lab) {
    boolean blocks = faults.stream().anyMatch(fault -> fault.expected().blocks());
    Tool.Run run = check(lab);
    before = run.verdict();
    for (Fault fault : faults) {
      report.matrix().count(fault.requirement(), !blocks, before);
      String ids = String.join(" ", ids(fault.hits(run)));
      findings.put(fault, ids.isEmpty() ? "missed" : ids);
      report.matrix().found(fault.requirement(), !ids.isEmpty());
    }
    assertThat(run.verdict())
        .as("verdict with %s\n%s", name(), run.summary())
        .isEqualTo(blocks ? "NOT_READY" : "READY");
    assertThat(run.exec().exit()).as("exit status").isEqualTo(blocks ? 1 : 0);
    for (Fault fault : faults) {
      assertThat(fault.hits(run))
          .as("%s speaks up of %s\n%s", fault.expected().findings(), fault.id(), run.summary())
          .isNotEmpty();
      if (fault.expected().all()) {
        assertThat(ids(fault.hits(run))).as(run.summary()).containsAll(fault.expected().findings());
      }
    }
    return commands(faults.stream().flatMap(fault -> fault.hits(run).stream()).toList());
  }

  /** Returns whether the guest is where it was, unharmed. */
  private boolean reality(Lab lab, Guest guest) {
    List<Outcome> outcomes = faults.stream().map(fault -> fault.expected().outcome()).toList();
    if (outcomes.stream().anyMatch(outcome -> outcome.kind() == Outcome.Kind.DAMAGES)) {
      assertThat(guest.ticksPast(Lab.A, 0, BOOT)).as("the guest boots").isTrue();
      assertThat(outcomes).as("damage before").noneMatch(outcome -> outcome.proof().test(lab));
    }
    boolean hangs = outcomes.stream().anyMatch(outcome -> outcome.kind() == Outcome.Kind.HANGS);
    Migration migration = migrate(lab, guest, hangs ? HANGING : MIGRATION);
    reality = migration.summary();
    for (Outcome outcome : outcomes) {
      if (outcome.kind() == Outcome.Kind.DAMAGES) {
        reality += "; " + outcome.text();
      }
      assertThat(outcome.describes(lab, migration))
          .as("expected of virsh migrate: %s, but: %s", outcome, reality)
          .isTrue();
    }
    return outcomes.stream().allMatch(outcome -> outcome.kind() == Outcome.Kind.REFUSED);
  }

  /**
   * Brings a guest back that libvirt moved in spite of the faults, if nothing speaks against it.
   */
  private boolean comesBack(Lab lab, Guest guest) {
    return faults.stream()
            .allMatch(f -> f.expected().outcome().kind() == Outcome.Kind.NOT_LOOKED_AT)
        && report
            .timed("migrating", () -> Migration.live(lab, guest, Lab.B, Lab.A, MIGRATION))
            .arrived();
  }

  private void mend(Lab lab, Guest guest, List<Command> first) {
    List<Command> commands = first;
    Set<String> done = new LinkedHashSet<>();
    Tool.Run run = null;
    for (int round = 1; round <= ROUNDS; round++) {
      for (Command command : commands) {
        if (done.add(command.host() + " " + command.command())) {
          report.timed("mending", () -> apply(lab, command));
        }
      }
      if (round == 1) {
        faults.forEach(fault -> fault.byHand().accept(lab));
      }
      run = check(lab);
      mended = run.verdict() + " after " + done.size();
      commands = commands(run.blockers());
      if (run.verdict().equals("READY") || commands.isEmpty()) {
        break;
      }
    }
    Tool.Run last = run;
    faults.forEach(fault -> report.matrix().count(fault.requirement(), true, last.verdict()));
    assertThat(mended).as("after the fix %s\n%s", done, last.summary()).startsWith("READY");
    for (Fault fault : faults) {
      assertThat(fault.hits(last)).as("%s is still there after %s", fault.id(), done).isEmpty();
    }
    Migration migration = migrate(lab, guest, MIGRATION);
    moved = migration.summary();
    assertThat(migration.arrived()).as("migration after the fix: %s", moved).isTrue();
    assertThat(guest.ticksPast(Lab.B, 0, BOOT)).as("the guest lives on").isTrue();
  }

  private static void apply(Lab lab, Command command) {
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

  private static List<String> ids(List<Finding> findings) {
    return findings.stream().map(Finding::id).distinct().toList();
  }

  private static List<Command> commands(List<Finding> findings) {
    return findings.stream().flatMap(f -> f.fix().stream()).distinct().toList();
  }
}
