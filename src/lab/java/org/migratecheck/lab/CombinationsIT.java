package org.migratecheck.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Several faults at once: every one is named in one run. {@code -Dlab.seed=N[,N]} picks
 * combinations, also others than the usual ones.
 */
@Tag("long")
@RequiresLab
final class CombinationsIT {
  private static final int COMBINATIONS = 20;
  private static final Duration MIGRATION = Duration.ofSeconds(20);

  @TestFactory
  Stream<DynamicTest> combinations(Labs labs, LabReport report) {
    String seeds = System.getProperty("lab.seed", "");
    IntStream chosen =
        seeds.isEmpty()
            ? IntStream.rangeClosed(1, COMBINATIONS)
            : Stream.of(seeds.split(",")).mapToInt(Integer::parseInt);
    return labs.run(
        chosen
            .mapToObj(seed -> Combination.of(seed, FaultsIT.all()))
            .map(
                set ->
                    new Labs.Job(set.seed() + ": " + set, lab -> new Run(lab, report, set).run()))
            .toList());
  }

  @Test
  void everyCombinationIsOneOfSeveralFaults() {
    assertThat(FaultsIT.all().map(Fault::id)).containsAll(Combination.candidates());
    List<Combination> all =
        IntStream.rangeClosed(1, COMBINATIONS)
            .mapToObj(seed -> Combination.of(seed, FaultsIT.all()))
            .toList();
    assertThat(all).allSatisfy(set -> assertThat(set.faults()).hasSizeBetween(2, 5));
    assertThat(all.stream().map(Combination::toString)).doesNotHaveDuplicates();
  }

  private static final class Run {
    private final Lab lab;
    private final LabReport report;
    private final Combination set;
    private final long start = System.nanoTime();
    private String verdict = "-";
    private String named = "-";
    private String reality = "-";

    Run(Lab lab, LabReport report, Combination set) {
      this.lab = lab;
      this.report = report;
      this.set = set;
    }

    void run() {
      boolean done = false;
      try {
        Guest guest = breakAll();
        Tool.Run audit = report.timed("auditing", this::judge);
        List<String> missed = missed(audit);
        named = set.faults().size() - missed.size() + "/" + set.faults().size();
        assertThat(missed).as("not named in one run\n%s", audit.summary()).isEmpty();
        assertThat(verdict).isEqualTo(set.blocks() ? "NOT_READY" : "READY");
        Migration migration =
            report.timed("migrating", () -> Migration.live(lab, guest, Lab.A, Lab.B, MIGRATION));
        reality = migration.summary();
        assertThat(migration.arrived()).as("real migration: %s", reality).isEqualTo(!set.stops());
        done = true;
      } finally {
        if (!done) {
          lab.touchAll();
        }
        report.add(
            LabTable.COMBINATIONS,
            "%03d".formatted(set.seed()),
            (System.nanoTime() - start) / 1_000_000_000,
            "seed " + set.seed(),
            verdict,
            named,
            reality,
            set.toString());
      }
    }

    private Guest breakAll() {
      report.timed("resetting", lab::reset);
      return report.timed(
          "breaking",
          () -> {
            set.faults().forEach(fault -> fault.given().prepare().accept(lab));
            Guest guest = Guest.start(lab, Lab.A, "guest", set.guestOptions());
            set.faults().forEach(fault -> fault.inject().accept(lab));
            return guest;
          });
    }

    private Tool.Run judge() {
      String[] options =
          set.faults().stream()
              .flatMap(fault -> fault.given().toolOptions().stream())
              .toArray(String[]::new);
      Tool.Run audit = Tool.checkAgain(lab, Lab.A, Lab.B, options);
      verdict = audit.verdict();
      Requirement requirement = set.faults().get(0).requirement();
      report.matrix().count(requirement, !set.blocks(), verdict);
      return audit;
    }

    private List<String> missed(Tool.Run audit) {
      var missed = new ArrayList<String>();
      for (Fault fault : set.faults()) {
        if (!fault.isNamedBy(audit)) {
          missed.add(fault.id());
        }
      }
      return missed;
    }
  }
}
