package org.migratecheck.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.migratecheck.audit.AuditOptions;
import org.migratecheck.audit.Auditor;
import org.migratecheck.audit.SameHostException;
import org.migratecheck.check.Catalogue;
import org.migratecheck.collect.EvidenceException;
import org.migratecheck.collect.EvidenceStore;
import org.migratecheck.collect.ProbeCatalogue;
import org.migratecheck.collect.ProbeException;
import org.migratecheck.collect.Progress;
import org.migratecheck.migrate.PlanException;
import org.migratecheck.model.ExitCode;
import org.migratecheck.model.HostEvidence;
import org.migratecheck.model.Report;
import org.migratecheck.remote.Connector;
import org.migratecheck.remote.HostConnector;
import org.migratecheck.remote.HostSpec;
import org.migratecheck.remote.SshEnvironment;

/** Wires options to the audit floor, for the commands that read hosts. */
record AuditRun(
    Terminal terminal,
    CheckOptions checks,
    ConnectionOptions connection,
    ReportOptions reports,
    AuditOptions options) {

  /** Audits hosts, writes the reports and returns the exit code. */
  int audit(List<HostSpec> hosts, Connector connector) throws UsageException {
    return audit(hosts, connector, Optional.empty());
  }

  /** As {@link #audit(List, Connector)}, and writes a plan where one is asked for. */
  int audit(List<HostSpec> hosts, Connector connector, Optional<PlanWriter> plan)
      throws UsageException {
    StderrProgress shown = new StderrProgress(terminal.err(), hosts.size());
    boolean showing = Terminal.interactive() && !reports.quiet();
    Report report;
    Optional<String> noPlan = Optional.empty();
    try {
      Auditor.Audited audited =
          auditor(connector, showing ? shown : Progress.NONE)
              .auditAll(hosts, options, Version.text());
      report = audited.report();
      if (plan.isPresent()) {
        try {
          report = plan.get().plan(audited);
        } catch (PlanException e) {
          noPlan = Optional.of(e.getMessage());
        }
      }
    } catch (SameHostException e) {
      throw new UsageException(e.getMessage());
    }
    if (showing) {
      shown.done();
    }
    reports.write(report, terminal);
    if (report.plan().isPresent()) {
      plan.orElseThrow().write(report, reports.jsonOnStdout() ? terminal.err() : terminal.out());
    } else if (noPlan.isPresent()) {
      terminal.error("no plan was written: " + noPlan.get());
    }
    return ExitCode.of(report.verdict()).code();
  }

  /**
   * Collects and stores evidence; a host that could not be read is named and the rest is stored.
   */
  int collect(List<HostSpec> hosts, Path directory) throws UsageException {
    List<HostEvidence> all =
        auditor(new HostConnector(SshEnvironment.ofThisProcess()), Progress.NONE)
            .collect(hosts, options);
    ExitCode code = ExitCode.READY;
    for (HostEvidence evidence : all) {
      if (evidence.failure().isPresent()) {
        terminal.error(evidence.failure().get().message());
        code = ExitCode.UNDETERMINED;
        continue;
      }
      try {
        terminal.out().println(EvidenceStore.write(directory, evidence));
      } catch (EvidenceException e) {
        throw new UsageException(e.getMessage());
      }
    }
    return code.code();
  }

  private Auditor auditor(Connector connector, Progress progress) throws UsageException {
    Catalogue catalogue = checks.chosen();
    if (options.noGuests()) {
      catalogue = catalogue.without("guests-present");
    }
    try {
      return new Auditor(
          catalogue,
          ProbeCatalogue.load(checks.directories()).patient(connection.timeout()),
          new Auditor.Collecting(
              connector,
              connection.connect(),
              connection.timeout(),
              connection.parallel(),
              connection.listen(),
              connection.measureBandwidth(),
              checks.byHand(catalogue),
              reports::rehearse,
              progress));
    } catch (ProbeException e) {
      throw new UsageException(e.getMessage());
    }
  }
}
