package org.migratecheck.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
    Map<String, Healthy> byId = all().collect(Collectors.toMap(Healthy::id, v -> v));
    return labs.run(
        CHOSEN.rounds(all().map(Healthy::id).toList()).stream()
            .map(round -> round.stream().filter(byId::containsKey).map(byId::get).toList())
            .filter(round -> !round.isEmpty())
            .map(round -> new Run(report, round))
            .map(run -> new Labs.Job(run.name(), run::in))
            .toList());
  }

  @Test
  void theUsualVariantsExist() {
    assertThat(CHOSEN.usual()).isNotEmpty().doesNotHaveDuplicates();
    assertThat(all().map(Healthy::id)).doesNotHaveDuplicates().containsAll(CHOSEN.usual());
  }

  /** One variant, or guests that are unusual in one way each, all on the same hosts. */
  private static final class Run {
    private final LabReport report;
    private final List<Healthy> variants;
    private final Healthy first;
    private final Map<Healthy, String> moved = new HashMap<>();
    private String verdict = "-";
    private String warnings = "-";

    Run(LabReport report, List<Healthy> variants) {
      this.report = report;
      this.first = variants.get(0);
      this.variants =
          variants.size() == 1 ? variants : variants.stream().map(v -> v.named(v.id())).toList();
    }

    String name() {
      return variants.stream().map(Healthy::id).collect(Collectors.joining(" "));
    }

    void in(Lab lab) {
      long start = System.nanoTime();
      boolean done = false;
      try {
        report.timed("resetting", lab::reset);
        Map<Healthy, Guest> guests = new LinkedHashMap<>();
        for (Healthy variant : variants) {
          variant.prepare().accept(lab);
          String[] options = Guest.quick(variant.guestOptions()).toArray(String[]::new);
          guests.put(variant, Guest.start(lab, Lab.A, variant.guest(), options));
          variant.started().accept(lab);
        }
        Tool.Run audit = report.timed("auditing", () -> judge(lab));
        guests.forEach((variant, guest) -> move(lab, variant, guest, audit));
        done = true;
      } finally {
        if (!done) {
          lab.touchAll();
        }
        long seconds = (System.nanoTime() - start) / 1_000_000_000;
        for (Healthy variant : variants) {
          report.add(
              LabTable.HEALTHY,
              variant.id(),
              seconds / variants.size(),
              variant.id(),
              verdict,
              warnings,
              moved.getOrDefault(variant, "-"));
        }
      }
    }

    private Tool.Run judge(Lab lab) {
      String[] options =
          variants.stream().flatMap(v -> v.toolOptions().stream()).toArray(String[]::new);
      Tool.Run audit = Tool.checkAgain(lab, first.source(), first.destination(), options);
      verdict = audit.verdict();
      warnings = String.join(" ", audit.warnings());
      return audit;
    }

    private void move(Lab lab, Healthy variant, Guest guest, Tool.Run audit) {
      Migration migration =
          report.timed(
              "migrating",
              () -> Migration.live(lab, guest, Lab.A, Lab.B, MIGRATION, variant.migrateOptions()));
      moved.put(variant, migration.summary());
      report.matrix().count(Requirement.GUEST, true, verdict);
      assertThat(migration.arrived()).as("real migration: %s", migration.summary()).isTrue();
      assertThat(verdict).as("the guest moved\n%s", audit.summary()).isEqualTo("READY");
      assertThat(audit.warnings()).containsAll(variant.warnings());
      if (guest.state(Lab.B).equals("running")) {
        assertThat(guest.ticksPast(Lab.B, 0, SOON)).as("the guest lives on").isTrue();
      }
      assertThat(variant.proof().test(lab)).as("what must hold after the move").isTrue();
    }
  }
}
