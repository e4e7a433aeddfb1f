package org.migratecheck.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import org.migratecheck.audit.Auditor.Audited;
import org.migratecheck.migrate.PlanException;
import org.migratecheck.migrate.PlanText;
import org.migratecheck.migrate.Planner;
import org.migratecheck.model.MigrationPlan.Settings;
import org.migratecheck.model.Report;
import org.migratecheck.model.Verdict;
import org.migratecheck.report.JsonReport;

/** Makes a plan from an audit and writes it. */
record PlanWriter(Path file, Settings settings) {
  Report plan(Audited audited) throws PlanException {
    return new Planner(settings).plan(audited);
  }

  void write(Report report, PrintStream out) throws UsageException {
    Output.write(file, JsonReport.render(report));
    out.println();
    PlanText.lines(report.plan().orElseThrow()).forEach(out::println);
    out.println("Plan: " + file);
    out.println(
        report.verdict() == Verdict.READY
            ? "Execute it: migrate-check migrate --plan " + file
            : "It cannot be executed: the verdict is not READY. Mend what is wrong and plan again.");
  }
}
