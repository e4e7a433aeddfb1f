package org.migratecheck.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.migratecheck.audit.AuditOptions;
import org.migratecheck.audit.Auditor;
import org.migratecheck.audit.SameHostException;
import org.migratecheck.check.Catalogue;
import org.migratecheck.check.Check;
import org.migratecheck.collect.ProbeCatalogue;
import org.migratecheck.collect.ProbeException;
import org.migratecheck.collect.Progress;
import org.migratecheck.migrate.Explanations;
import org.migratecheck.migrate.Gate;
import org.migratecheck.migrate.Migrator;
import org.migratecheck.migrate.PlanException;
import org.migratecheck.migrate.Planner;
import org.migratecheck.model.MigrationPlan;
import org.migratecheck.model.Policy;
import org.migratecheck.model.Report;
import org.migratecheck.model.Verdict;
import org.migratecheck.report.HtmlReport;
import org.migratecheck.report.JsonReport;

/** The audit that the gate asks for: all checks, both hosts, now. */
final class GateAudit {
  private final MigrationRun.Settings settings;
  private final Migrator.Hosts hosts;
  private final MigrationConsole console;
  private final Catalogue catalogue;
  private final ProbeCatalogue probes;

  GateAudit(MigrationRun.Settings settings, Migrator.Hosts hosts, MigrationConsole console)
      throws UsageException {
    this.settings = settings;
    this.hosts = hosts;
    this.console = console;
    this.catalogue = settings.checks().chosen();
    try {
      this.probes = ProbeCatalogue.load(settings.checks().directories());
    } catch (ProbeException e) {
      throw new UsageException(e.getMessage());
    }
  }

  /**
   * What the audit gave.
   *
   * @param report the report, with a plan where one could be made
   * @param noPlan why there is none
   */
  record Result(Report report, Optional<String> noPlan) {
    /** Returns why the gate stays shut; a verdict of READY without a plan keeps it shut too. */
    List<String> reasons(Function<Report, Gate.Decision> gate) {
      if (noPlan.isPresent() && report.verdict() == Verdict.READY) {
        return List.of(noPlan.get());
      }
      return gate.apply(report).reasons();
    }
  }

  /** Collects and judges. */
  Result run(List<String> guests, Policy policy, boolean strict, MigrationPlan.Settings how)
      throws UsageException {
    console.auditing();
    AuditOptions options =
        new AuditOptions(policy, strict, false, guests, false, settings.arguments());
    Auditor auditor =
        new Auditor(
            catalogue,
            probes,
            new Auditor.Collecting(
                hosts.connector(),
                hosts.connect(),
                settings.reading().limit(),
                2,
                settings.reading().listen(),
                settings.reading().measureBandwidth(),
                settings.checks().byHand(catalogue),
                report -> {},
                Progress.NONE));
    Auditor.Audited audited;
    try {
      audited =
          auditor.auditAll(List.of(hosts.source(), hosts.destination()), options, Version.text());
    } catch (SameHostException e) {
      throw new UsageException(e.getMessage());
    }
    try {
      return new Result(new Planner(how).plan(audited), Optional.empty());
    } catch (PlanException e) {
      return new Result(audited.report(), Optional.of(e.getMessage()));
    }
  }

  /** Returns the checks whose values are measurements. */
  Set<String> measured() {
    return catalogue.checks().values().stream()
        .filter(Check::measured)
        .map(Check::id)
        .collect(Collectors.toSet());
  }

  Explanations explanations() {
    return new Explanations(catalogue);
  }

  /** Returns who we are, for people who find our lock. */
  String controller() {
    String host;
    try {
      host = java.net.InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      host = "unknown";
    }
    return System.getProperty("user.name", "")
        + "@"
        + host
        + ", process "
        + ProcessHandle.current().pid();
  }

  static void write(Report done, MigrationRun.Settings settings) throws UsageException {
    Output.write(settings.report(), JsonReport.render(done));
    try {
      Output.write(
          settings.html(), new HtmlReport(CheckOptions.home().resolve("templates")).render(done));
    } catch (IOException e) {
      throw new UsageException("the HTML report could not be made: " + e.getMessage());
    }
  }
}
