package org.migratecheck.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.migratecheck.lab.Tool.Command;
import org.migratecheck.lab.Tool.Finding;

/**
 * Faults from healthy to healthy: break, judge, really migrate, mend with the printed commands,
 * judge again, really migrate. Usually it is one. Several that libvirt does not mind are made
 * together on one guest; several that are about one guest each, on guests of their own. Each must
 * be found, and gone after the fix.
 */
final class FaultRun {
  /** Until a migration that is expected to hang is given up; a refusal takes 2 s. */
  private static final Duration HANGING = Duration.ofSeconds(20);

  /** For all other migrations; far more than the 2 s that they need on an idle machine. */
  private static final Duration MIGRATION = Duration.ofSeconds(90);

  private static final Duration BOOT = Duration.ofSeconds(20);

  private static final int ROUNDS = 3;

  private final LabReport report;
  private final List<FaultyGuest> guests;
  private final boolean withTool;

  private String before = "-";
  private String mended = "-";

  /**
   * Prepares a run.
   *
   * @param faults one; or several that libvirt moves a guest in spite of; or several that are each
   *     about one guest only
   * @param withTool false looks only at what libvirt does
   */
  FaultRun(LabReport report, List<Fault> faults, boolean withTool) {
    this.report = report;
    this.withTool = withTool;
    if (faults.size() == 1 || faults.stream().allMatch(f -> f.expected().outcome().arrives())) {
      this.guests = List.of(new FaultyGuest("guest", faults));
    } else {
      this.guests = faults.stream().map(f -> new FaultyGuest(f.id(), List.of(f))).toList();
    }
  }

  private Stream<Fault> faults() {
    return guests.stream().flatMap(guest -> guest.faults().stream());
  }

  /** Returns the names of the faults. */
  String name() {
    return faults().map(Fault::id).collect(Collectors.joining(" "));
  }

  void in(Lab lab) {
    long start = System.nanoTime();
    boolean done = false;
    try {
      breakIt(lab);
      List<Command> fix = withTool ? judge(lab) : List.of();
      boolean stayed = guests.stream().allMatch(guest -> reality(lab, guest));
      if (withTool) {
        if (!stayed && !guests.stream().allMatch(guest -> comesBack(lab, guest))) {
          breakIt(lab);
        }
        mend(lab, fix);
      }
      done = true;
    } finally {
      if (!done) {
        lab.touchAll(); // what is left is anybody's guess
      }
      long seconds = (System.nanoTime() - start) / 1_000_000_000 / faults().count();
      guests.forEach(guest -> guest.tell(report, seconds, before, mended));
    }
  }

  private void breakIt(Lab lab) {
    report.timed("resetting", lab::reset);
    report.timed(
        "breaking",
        () -> {
          guests.forEach(guest -> guest.start(lab));
          guests.forEach(guest -> guest.breakIt(lab));
        });
  }

  private Tool.Run check(Lab lab) {
    // The forecast takes a second, and judges nothing that is broken here; ForecastIT looks at it.
    List<String> options = new ArrayList<>(List.of("--skip", "guest-converges"));
    faults().forEach(fault -> options.addAll(fault.given().toolOptions()));
    return report.timed(
        "auditing", () -> Tool.checkAgain(lab, Lab.A, Lab.B, options.toArray(String[]::new)));
  }

  private Migration migrate(Lab lab, FaultyGuest guest, Duration deadline) {
    return report.timed(
        "migrating",
        () ->
            Migration.live(
                guest.view(lab), guest.in(lab), Lab.A, Lab.B, deadline, guest.migrateOptions()));
  }

  private List<Command> judge(Lab lab) {
    boolean blocks = faults().anyMatch(fault -> fault.expected().blocks());
    Tool.Run run = check(lab);
    before = run.verdict();
    guests.forEach(guest -> guest.count(report.matrix(), run));
    assertThat(run.verdict())
        .as("verdict with %s\n%s", name(), run.summary())
        .isEqualTo(blocks ? "NOT_READY" : "READY");
    assertThat(run.exec().exit()).as("exit status").isEqualTo(blocks ? 1 : 0);
    guests.forEach(guest -> guest.mustBeFound(run));
    return commands(guests.stream().flatMap(guest -> guest.hits(run)).toList());
  }

  /** Returns whether the guest is where it was, unharmed. */
  private boolean reality(Lab lab, FaultyGuest guest) {
    Lab own = guest.view(lab);
    List<Outcome> outcomes = guest.outcomes();
    if (outcomes.stream().anyMatch(outcome -> outcome.kind() == Outcome.Kind.DAMAGES)) {
      assertThat(guest.in(lab).ticksPast(Lab.A, 0, BOOT)).as("the guest boots").isTrue();
      assertThat(outcomes).as("damage before").noneMatch(outcome -> outcome.proof().test(own));
    }
    boolean hangs = outcomes.stream().anyMatch(outcome -> outcome.kind() == Outcome.Kind.HANGS);
    Migration migration = migrate(lab, guest, hangs ? HANGING : MIGRATION);
    guest.ended(migration);
    for (Outcome outcome : outcomes) {
      assertThat(outcome.describes(own, migration))
          .as("expected of virsh migrate: %s, but: %s", outcome, migration.summary())
          .isTrue();
    }
    return outcomes.stream().allMatch(outcome -> outcome.kind() == Outcome.Kind.REFUSED);
  }

  /**
   * Brings a guest back that libvirt moved in spite of the faults, if nothing speaks against it.
   */
  private boolean comesBack(Lab lab, FaultyGuest guest) {
    return guest.outcomes().stream()
            .allMatch(outcome -> outcome.kind() == Outcome.Kind.NOT_LOOKED_AT)
        && report
            .timed(
                "migrating",
                () -> Migration.live(guest.view(lab), guest.in(lab), Lab.B, Lab.A, MIGRATION))
            .arrived();
  }

  private void mend(Lab lab, List<Command> first) {
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
        guests.forEach(guest -> guest.mendByHand(lab));
      }
      run = check(lab);
      mended = run.verdict() + " after " + done.size();
      commands = commands(run.blockers());
      if (run.verdict().equals("READY") || commands.isEmpty()) {
        break;
      }
    }
    Tool.Run last = run;
    faults().forEach(fault -> report.matrix().count(fault.requirement(), true, last.verdict()));
    assertThat(mended).as("after the fix %s\n%s", done, last.summary()).startsWith("READY");
    for (FaultyGuest guest : guests) {
      assertThat(guest.hits(last)).as("%s after %s", guest.name(), done).isEmpty();
      Migration migration = migrate(lab, guest, MIGRATION);
      guest.moved(migration);
      assertThat(migration.arrived())
          .as("migration after the fix: %s", migration.summary())
          .isTrue();
      assertThat(guest.in(lab).ticksPast(Lab.B, 0, BOOT)).as("the guest lives on").isTrue();
    }
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

  private static List<Command> commands(List<Finding> findings) {
    return findings.stream().flatMap(f -> f.fix().stream()).distinct().toList();
  }
}
