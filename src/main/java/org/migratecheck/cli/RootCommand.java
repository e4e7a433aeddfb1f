package org.migratecheck.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.migratecheck.model.Policy;
import org.migratecheck.remote.HostConnector;
import org.migratecheck.remote.SshEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code migrate-check SOURCE DESTINATION...}: the main job. */
@Command(
    name = "migrate-check",
    sortOptions = false,
    versionProvider = Version.class,
    header = "Say whether KVM guests can be moved live from SOURCE to each DESTINATION.",
    description = {
      "",
      "A host is [user@]host[:port], an alias of the ssh configuration, localhost, or @FILE.json"
          + " (stored evidence).",
      ""
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0    ready (warnings allowed; --strict makes them fail)",
      "  1    not ready: at least one blocker failed",
      "  2    the command line or a file handed in is wrong",
      "  3    undetermined: a host was not reached, or a blocker could not be determined",
      "  4    the gate was open and the migration failed",
      "  130  interrupted"
    })
final class RootCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..*", paramLabel = "HOST", description = "The source, then destinations.")
  private List<String> hosts = new ArrayList<>();

  @Mixin private AuditSettings settings = new AuditSettings();

  @Option(
      names = "--policy",
      paramLabel = "strict|compatible",
      defaultValue = "strict",
      description =
          "strict: same version, same updates, same network (default). compatible: a newer"
              + " destination and network differences that no guest uses are allowed.")
  private Policy policy;

  @Option(names = "--strict", description = "Warnings make it NOT READY.")
  private boolean strict;

  @Option(
      names = "--plan",
      paramLabel = "FILE",
      description =
          "Also write a plan that names the exact commands, to be reviewed and then executed by"
              + " 'migrate-check migrate --plan FILE'.")
  private Optional<Path> plan = Optional.empty();

  @Mixin private PlanOptions planOptions = new PlanOptions();

  @Mixin private ReportOptions reports = new ReportOptions();

  @Mixin private CheckOptions checks = new CheckOptions();

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  private boolean version;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  RootCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws UsageException {
    reports.verify();
    Optional<PlanWriter> writer = planning();
    AuditRun run =
        new AuditRun(
            terminal,
            checks,
            connection,
            reports,
            settings.options(policy, strict, spec.commandLine().getParseResult().originalArgs()));
    return run.audit(
        AuditSettings.hosts(hosts, 2), new HostConnector(SshEnvironment.ofThisProcess()), writer);
  }

  private Optional<PlanWriter> planning() throws UsageException {
    if (plan.isEmpty()) {
      if (planOptions.given()) {
        throw new UsageException("how a guest is moved is for --plan FILE, or for 'migrate'");
      }
      return Optional.empty();
    }
    Output.verify(plan.get());
    if (checks.selective()) {
      throw new UsageException("a plan needs all checks: leave out --only and --skip");
    }
    if (checks.active()) {
      throw new UsageException(
          "what a plan relies on is looked at again before the migration, which must not do more"
              + " than read: leave out --active");
    }
    if (hosts.size() > 2 || settings.bothWays() || settings.noGuests()) {
      throw new UsageException("a plan is for guests of one source and one destination, one way");
    }
    return Optional.of(
        new PlanWriter(plan.get(), planOptions.settings(connection.migrationTimeout())));
  }
}
