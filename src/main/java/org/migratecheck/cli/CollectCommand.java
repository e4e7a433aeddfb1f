package org.migratecheck.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.migratecheck.model.Policy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stores evidence for a later audit with {@code @FILE.json}. */
@Command(
    name = "collect",
    sortOptions = false,
    description =
        "Read hosts and store the evidence, one file per host. The first host is the source for"
            + " what is measured between hosts.")
final class CollectCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(arity = "0..*", paramLabel = "HOST", description = "The hosts to read.")
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where the files go; created if need be.")
  private Path directory;

  @Mixin private AuditSettings settings = new AuditSettings();

  @Mixin private CheckOptions checks = new CheckOptions();

  @Mixin private ConnectionOptions connection = new ConnectionOptions();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  CollectCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws UsageException {
    return new AuditRun(
            terminal,
            checks,
            connection,
            new ReportOptions(),
            settings.options(Policy.STRICT, false, List.of()))
        .collect(AuditSettings.hosts(hosts, 1), directory);
  }
}
