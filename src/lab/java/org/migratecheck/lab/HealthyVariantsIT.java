package org.migratecheck.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What is unusual and sound must be READY, and must really move. Usually some of each kind are
 * made, see {@code src/lab/usual-variants.txt}; {@code -Dlab.healthy=all} makes all, {@code
 * -Dlab.healthy=ID[,ID...]} picks some.
 */
@RequiresLab
final class HealthyVariantsIT {
  private static final Chosen CHOSEN = new Chosen("lab.healthy", "variants");
  private static final Duration MIGRATION = Duration.ofSeconds(90);
  private static final Duration SOON = Duration.ofSeconds(30);

  static Stream<Healthy> all() {
    return Stream.of(HealthyGuests.all(), HealthyHosts.all()).flatMap(List::stream);
  }

  @TestFactory
  Stream<DynamicTest> variants(Labs labs, LabReport report) {
    return labs.run(
        all()
            .filter(variant -> CHOSEN.takes(variant.id()))
            .map(variant -> new Labs.Job(variant.id(), lab -> new Run(lab, report, variant).run()))
            .toList());
  }

  @Test
  void theUsualVariantsExist() {
    assertThat(CHOSEN.usual()).isNotEmpty().doesNotHaveDuplicates();
    assertThat(all().map(Healthy::id)).doesNotHaveDuplicates().containsAll(CHOSEN.usual());
  }

  private static final class Run {
    private final Lab lab;
    private final LabReport report;
    private final Healthy variant;
    private final long start = System.nanoTime();
    private String verdict = "-";
    private String warnings = "-";
    private String moved = "-";

    Run(Lab lab, LabReport report, Healthy variant) {
      this.lab = lab;
      this.report = report;
      this.variant = variant;
    }

    void run() {
      boolean done = false;
      try {
        report.timed("resetting", lab::reset);
        variant.prepare().accept(lab);
        Guest guest =
            Guest.start(lab, Lab.A, variant.guest(), variant.guestOptions().toArray(String[]::new));
        variant.started().accept(lab);
        Tool.Run audit = report.timed("auditing", this::judge);
        Migration migration =
            report.timed(
                "migrating",
                () ->
                    Migration.live(lab, guest, Lab.A, Lab.B, MIGRATION, variant.migrateOptions()));
        moved = migration.summary();
        report.matrix().count(Requirement.GUEST, true, verdict);
        assertThat(migration.arrived()).as("real migration: %s", moved).isTrue();
        assertThat(verdict).as("the guest moved\n%s", audit.summary()).isEqualTo("READY");
        assertThat(audit.warnings()).containsAll(variant.warnings());
        if (guest.state(Lab.B).equals("running")) {
          assertThat(guest.ticksPast(Lab.B, 0, SOON)).as("the guest lives on").isTrue();
        }
        assertThat(variant.proof().test(lab)).as("what must hold after the move").isTrue();
        done = true;
      } finally {
        if (!done) {
          lab.touchAll();
        }
        report.add(
            LabTable.HEALTHY,
            variant.id(),
            (System.nanoTime() - start) / 1_000_000_000,
            variant.id(),
            verdict,
            warnings,
            moved);
      }
    }

    private Tool.Run judge() {
      Tool.Run audit =
          Tool.check(
              lab,
              variant.source(),
              variant.destination(),
              variant.toolOptions().toArray(String[]::new));
      verdict = audit.verdict();
      warnings = String.join(" ", audit.warnings());
      return audit;
    }
  }
}
