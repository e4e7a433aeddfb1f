package org.migratecheck.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.migratecheck.check.Catalogue;
import org.migratecheck.model.Finding;
import org.migratecheck.model.MigrationPlan;
import org.migratecheck.model.MigrationPlan.Machine;
import org.migratecheck.model.MigrationPlan.Settings;
import org.migratecheck.model.Policy;
import org.migratecheck.model.Report;
import org.migratecheck.model.Severity;
import org.migratecheck.model.Status;
import org.migratecheck.model.Verdict;
import org.migratecheck.testing.Reports;

/** Every reason for which the gate stays shut. */
final class GateTest {
  private static final Duration DAY = Duration.ofHours(24);

  /** The evidence of {@link org.migratecheck.testing.EvidenceBuilder} is of that time. */
  private static final Instant SOON = Instant.parse("2026-01-01T01:00:00Z");

  @TempDir Path directory;
  private Catalogue catalogue;
  private Report reviewed;

  @BeforeEach
  void plan() throws Exception {
    catalogue = Plans.catalogue(directory);
    reviewed = Plans.planned(catalogue, "hello");
    assertThat(reviewed.verdict()).isEqualTo(Verdict.READY);
  }

  @Test
  void opensWhenNothingHasChanged() {
    assertThat(reasons(reviewed, Plans.planned(catalogue, "hello"), SOON)).isEmpty();
    assertThat(new Gate(new Drift(Set.of())).now(reviewed).open()).isTrue();
  }

  @Test
  void aValueThatChangedIsNamedThoughItStillPasses() {
    assertThat(reasons(reviewed, Plans.planned(catalogue, "bye"), SOON))
        .singleElement()
        .asString()
        .contains("changed: motd (a, b)", "hello", "bye");
  }

  @Test
  void ofMeasurementsOnlyTheAnswerCounts() {
    Gate gate = new Gate(new Drift(Set.of("motd")));
    Report now = Plans.planned(catalogue, "bye");
    assertThat(gate.reviewed(reviewed, now, Optional.empty(), DAY, SOON).open()).isTrue();
  }

  @Test
  void onlyAForecastThatBecameBadIsAChange() {
    Drift drift = new Drift(Set.of("guest-converges"));
    Report good = forecast(Status.PASS);
    assertThat(drift.findings(good, forecast(Status.SKIPPED), Optional.empty())).isEmpty();
    assertThat(drift.findings(forecast(Status.WARN), good, Optional.empty())).isEmpty();
    assertThat(drift.findings(good, forecast(Status.WARN), Optional.empty())).hasSize(1);
  }

  /** The reviewed report with one more finding. */
  private Report forecast(Status status) {
    List<Finding> findings = new ArrayList<>(reviewed.findings());
    Finding any = findings.get(0);
    findings.add(
        new Finding(
            "guest-converges",
            "guest",
            "title",
            any.scope(),
            status,
            Severity.WARNING,
            any.phase(),
            Optional.of("a"),
            Optional.of("b"),
            Optional.of("guest"),
            status.name(),
            List.of(),
            any.fix(),
            List.of(),
            List.of()));
    return new Report(
        reviewed.schemaVersion(),
        reviewed.verdict(),
        reviewed.tool(),
        reviewed.run(),
        reviewed.hosts(),
        reviewed.pairs(),
        reviewed.checks(),
        findings,
        reviewed.forecasts(),
        reviewed.byHand(),
        reviewed.sideEffects(),
        reviewed.plan(),
        List.of());
  }

  @Test
  void aVerdictThatIsNotReadyNowRefusesWithItsReason() {
    Report now = notReady();
    assertThat(reasons(reviewed, now, SOON))
        .contains("the verdict now is NOT READY")
        .anyMatch(r -> r.startsWith("FAIL motd: not the same"))
        .anyMatch(r -> r.startsWith("changed: motd"));
    assertThat(new Gate(new Drift(Set.of())).now(now).open()).isFalse();
  }

  @Test
  void aReviewThatWasNotReadyIsNoPermission() {
    assertThat(reasons(notReady(), reviewed, SOON))
        .contains("the reviewed verdict is NOT READY, not READY");
  }

  @Test
  void aPlanThatIsTooOldOrFromTheFutureIsRefused() {
    assertThat(reasons(reviewed, reviewed, Instant.parse("2026-01-02T00:00:01Z")))
        .singleElement()
        .asString()
        .contains("24 h 0 min old");
    assertThat(reasons(reviewed, reviewed, Instant.parse("2025-12-31T00:00:00Z")))
        .singleElement()
        .asString()
        .contains("from the future");
  }

  @Test
  void anotherMachineOrHostKeyIsRefused() {
    Machine b = Plans.machine("b");
    for (Machine other :
        List.of(
            new Machine("b", "ssh-ed25519 SHA256:other", b.machineId(), b.hostUuid()),
            new Machine("b", b.hostKey(), "2".repeat(32), b.hostUuid()),
            new Machine("b", b.hostKey(), b.machineId(), "other"))) {
      assertThat(
              reasons(
                  reviewed,
                  withPlan(
                      Plans.plan(
                          Settings.DEFAULTS,
                          Plans.machine("a"),
                          other,
                          Plans.guest("0".repeat(64)))),
                  SOON))
          .singleElement()
          .asString()
          .startsWith("changed: b: ");
    }
  }

  @Test
  void aChangedGuestIsRefused() {
    assertThat(
            reasons(
                reviewed,
                withPlan(
                    Plans.plan(
                        Settings.DEFAULTS,
                        Plans.machine("a"),
                        Plans.machine("b"),
                        Plans.guest("1".repeat(64)))),
                SOON))
        .singleElement()
        .asString()
        .startsWith("changed: guest: definition");
  }

  @Test
  void theNextGuestNeedsTheVerdictAndTheSameMachines() {
    Gate gate = new Gate(new Drift(Set.of()));
    assertThat(gate.next(reviewed, reviewed, Optional.empty(), DAY, SOON).open()).isTrue();
    assertThat(gate.next(reviewed, notReady(), Optional.empty(), DAY, SOON).reasons())
        .contains("the verdict now is NOT READY")
        .noneMatch(r -> r.startsWith("changed: motd"));
    Report other =
        withPlan(
            Plans.plan(
                Settings.DEFAULTS,
                Plans.machine("a"),
                Plans.machine("c"),
                Plans.guest("0".repeat(64))));
    assertThat(gate.next(reviewed, other, Optional.empty(), DAY, SOON).open()).isFalse();
  }

  @Test
  void anotherCheckSetOrPolicyIsRefused() {
    Report now =
        new Report(
            reviewed.schemaVersion(),
            reviewed.verdict(),
            new Report.Tool("migrate-check", "test", 1, "f".repeat(64)),
            new Report.Run(
                List.of(),
                Policy.COMPATIBLE,
                false,
                reviewed.run().collectedFrom(),
                reviewed.run().collectedTo(),
                reviewed.run().auditor()),
            reviewed.hosts(),
            reviewed.pairs(),
            reviewed.checks(),
            reviewed.findings(),
            reviewed.forecasts(),
            reviewed.byHand(),
            reviewed.sideEffects(),
            reviewed.plan(),
            List.of());
    assertThat(reasons(reviewed, now, SOON))
        .anyMatch(r -> r.startsWith("changed: the set of checks"))
        .anyMatch(r -> r.startsWith("changed: the policy: was strict, is compatible"))
        .hasSize(2);
  }

  private Report withPlan(MigrationPlan plan) {
    return Plans.planned(catalogue, "hello", plan);
  }

  private Report notReady() {
    return PlanFile.seal(
        Reports.assess(
            catalogue, List.of(Plans.host("a", "hello"), Plans.host("b", "bye")), "guest"),
        Plans.plan());
  }

  private static List<String> reasons(Report reviewed, Report now, Instant clock) {
    return new Gate(new Drift(Set.of()))
        .reviewed(reviewed, now, Optional.empty(), DAY, clock)
        .reasons();
  }
}
