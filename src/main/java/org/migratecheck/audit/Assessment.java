package org.migratecheck.audit;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.migratecheck.check.Catalogue;
import org.migratecheck.check.Direction;
import org.migratecheck.check.Judge;
import org.migratecheck.check.Verdicts;
import org.migratecheck.check.forecast.Forecaster;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Forecast;
import org.migratecheck.model.HostEvidence;
import org.migratecheck.model.Report;
import org.migratecheck.model.Report.PairVerdict;
import org.migratecheck.model.Verdict;

/** From evidence to a report, without any connection: the same evidence gives an equal report. */
public final class Assessment {
  private final Catalogue catalogue;
  private final AuditOptions options;
  private final String version;
  private final List<Report.ByHand> byHand;

  /**
   * Creates an assessment by the checks of {@code catalogue}, which are already selected.
   *
   * @param byHand what the report asks a person to confirm
   */
  public Assessment(
      Catalogue catalogue, AuditOptions options, String version, List<Report.ByHand> byHand) {
    this.byHand = List.copyOf(byHand);
    this.catalogue = catalogue;
    this.options = options;
    this.version = version;
  }

  /**
   * Judges evidence.
   *
   * @param evidence the hosts, source first; at least two, each under another name
   * @param auditor who ran the audit; empty for stored evidence
   * @param sideEffects what collecting did beyond reading
   */
  public Report assess(
      List<HostEvidence> evidence, Map<String, String> auditor, List<String> sideEffects) {
    List<HostFacts> hosts = evidence.stream().map(HostFacts::new).toList();
    List<Direction> directions = Directions.of(hosts, options);
    Judge judge = new Judge(catalogue, options.policy());
    List<Finding> findings = judge.judge(hosts, directions);
    boolean guestsJudged = judge.judgesGuests() && !options.noGuests();
    List<PairVerdict> pairs =
        directions.stream()
            .map(d -> Verdicts.of(d, findings, guestsJudged, options.warningsFail()))
            .toList();
    return new Report(
        Report.SCHEMA_VERSION,
        Verdict.worst(pairs.stream().map(PairVerdict::verdict).toList()),
        new Report.Tool("migrate-check", version, catalogue.checks().size(), catalogue.sha256()),
        new Report.Run(
            options.arguments(),
            options.policy(),
            options.warningsFail(),
            evidence.stream().map(HostEvidence::collectedAt).min(Instant::compareTo).orElseThrow(),
            evidence.stream()
                .map(e -> e.collectedAt().plusMillis(e.millis()))
                .max(Instant::compareTo)
                .orElseThrow(),
            auditor),
        HostSummaries.of(hosts, findings),
        pairs,
        catalogue.checks().values().stream().map(c -> c.summary(options.policy())).toList(),
        findings,
        forecasts(directions),
        byHand,
        sideEffects,
        Optional.empty(),
        List.of());
  }

  private List<Forecast> forecasts(List<Direction> directions) {
    return catalogue.checks().containsKey(Catalogue.FORECAST)
        ? directions.stream().flatMap(d -> Forecaster.of(d).stream()).toList()
        : List.of();
  }
}
