package org.migratecheck.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.migratecheck.demo.DemoHosts;
import org.migratecheck.model.Policy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A whole audit of two replayed hosts: no root, no hosts, a report in seconds. */
@Command(
    name = "demo",
    sortOptions = false,
    description =
        "Audit two recorded hosts through two SSH servers inside this program; everything but the"
            + " hosts is real.")
final class DemoCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Mixin private AuditSettings settings = new AuditSettings();

  @Option(
      names = "--policy",
      paramLabel = "strict|compatible",
      defaultValue = "strict",
      description = "As for a real audit.")
  private Policy policy;

  @Mixin private ReportOptions reports = new ReportOptions();

  @Mixin private CheckOptions checks = new CheckOptions();

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws UsageException, IOException {
    reports.verify();
    AuditRun run =
        new AuditRun(
            terminal,
            checks,
            connection,
            reports,
            settings.options(
                policy, false, spec.commandLine().getParent().getParseResult().originalArgs()));
    if (!reports.quiet()) {
      terminal.err().println(DemoHosts.NOTICE + "\n");
    }
    try (DemoHosts hosts = DemoHosts.start()) {
      return run.audit(hosts.hosts(), hosts.connector());
    }
  }
}
