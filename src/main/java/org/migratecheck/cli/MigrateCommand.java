package org.migratecheck.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.migrate.PlanException;
import org.migratecheck.migrate.PlanFile;
import org.migratecheck.model.Policy;
import org.migratecheck.model.Report;
import org.migratecheck.remote.ConnectOptions;
import org.migratecheck.remote.HostSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code migrate-check migrate}: moves guests, when every check passes at that very moment. */
@Command(
    name = "migrate",
    sortOptions = false,
    description = {
      "Move guests from SOURCE to DESTINATION, only when every check passes at that very moment.",
      "",
      "With --plan FILE: a reviewed plan is executed, when nothing that the review relied on has"
          + " changed. Without: the plan is shown and a question asked.",
      ""
    })
final class MigrateCommand implements Callable<Integer> {
  private static final Pattern AGE = Pattern.compile("([0-9]{1,6})([smhd])");

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..2", paramLabel = "HOST", description = "The source, the destination.")
  private List<String> hosts = new ArrayList<>();

  @Option(names = "--plan", paramLabel = "FILE", description = "The reviewed plan.")
  private Optional<Path> plan = Optional.empty();

  @Option(
      names = "--guest",
      paramLabel = "NAME",
      description = "Move this guest (name or UUID). Repeatable.")
  private List<String> guests = new ArrayList<>();

  @Option(names = "--yes", description = "Do not ask.")
  private boolean yes;

  @Option(
      names = "--max-age",
      paramLabel = "TIME",
      defaultValue = "24h",
      description = "How old a plan may be, such as 90m or 24h (default ${DEFAULT-VALUE}).")
  private String maxAge;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "1",
      description = "Guests moved at the same time (default: one after the other).")
  private int parallel;

  @Option(
      names = "--keep-going",
      description = "Go on with the next guest when one could not be moved.")
  private boolean keepGoing;

  @Option(
      names = "--policy",
      paramLabel = "strict|compatible",
      description = "As for an audit (default strict). A plan brings its own.")
  private Optional<Policy> policy = Optional.empty();

  @Option(names = "--strict", description = "Warnings make it NOT READY. A plan brings its own.")
  private boolean strict;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long a live migration may take until --on-timeout happens.")
  private Optional<Integer> timeout = Optional.empty();

  @Mixin private PlanOptions planOptions = new PlanOptions();

  @Option(
      names = "--html",
      paramLabel = "FILE",
      defaultValue = "migrate-check-migration.html",
      description = "The report with what was done (default ${DEFAULT-VALUE}).")
  private Path html;

  @Option(
      names = "--report",
      paramLabel = "FILE",
      defaultValue = "migrate-check-migration.json",
      description = "The same as JSON (default ${DEFAULT-VALUE}).")
  private Path report;

  @Option(
      names = "--json",
      description = "Print events for scripts, one JSON object a line, instead of text.")
  private boolean events;

  @Option(
      names = "--checks",
      paramLabel = "DIR",
      description = "More checks and probes, as for an audit. Repeatable.")
  private List<Path> checks = new ArrayList<>();

  @Mixin private ReadOptions reading = new ReadOptions();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  MigrateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws UsageException, InterruptedException {
    Output.verify(html);
    Output.verify(report);
    MigrationRun.Settings settings =
        new MigrationRun.Settings(
            CheckOptions.all(checks),
            reading,
            age(),
            ConnectionOptions.within("--parallel", parallel, 1, 64),
            keepGoing,
            yes,
            events,
            html,
            report,
            spec.commandLine().getParent().getParseResult().originalArgs());
    return plan.isPresent() ? planned(settings) : direct(settings);
  }

  private int planned(MigrationRun.Settings settings) throws UsageException, InterruptedException {
    if (!hosts.isEmpty()
        || !guests.isEmpty()
        || planOptions.given()
        || timeout.isPresent()
        || policy.isPresent()
        || strict) {
      throw new UsageException("hosts, guests and how they are moved are in the plan already");
    }
    Report reviewed;
    try {
      reviewed = PlanFile.read(plan.get());
    } catch (PlanException e) {
      throw new UsageException(e.getMessage());
    }
    var machines = reviewed.plan().orElseThrow();
    List<HostSpec> specs =
        AuditSettings.hosts(List.of(machines.source().host(), machines.destination().host()), 2);
    live(specs);
    return new MigrationRun(terminal, settings, specs).planned(reviewed);
  }

  private int direct(MigrationRun.Settings settings) throws UsageException, InterruptedException {
    if (guests.isEmpty()) {
      throw new UsageException("name the guest with --guest, or a plan with --plan");
    }
    List<HostSpec> specs = AuditSettings.hosts(hosts, 2);
    if (!yes && (events || System.console() == null)) {
      throw new UsageException("nobody can be asked here: review a plan, or say --yes");
    }
    live(specs);
    return new MigrationRun(terminal, settings, specs)
        .direct(guests, policy.orElse(Policy.STRICT), strict, planOptions.settings(timeout));
  }

  private static void live(List<HostSpec> specs) throws UsageException {
    for (HostSpec one : specs) {
      if (one.kind() == HostSpec.Kind.STORED) {
        throw new UsageException(one.typed() + ": stored evidence cannot be migrated");
      }
    }
  }

  private Duration age() throws UsageException {
    Matcher matcher = AGE.matcher(maxAge);
    if (!matcher.matches()) {
      throw new UsageException("--max-age takes a number with s, m, h or d, such as 90m or 24h");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  /** How hosts are reached by commands that act. */
  static final class ReadOptions {
    @Option(names = "--sudo", description = "Become root through sudo when the login is not root.")
    private boolean sudo;

    @Option(
        names = "--read-timeout",
        paramLabel = "SECONDS",
        defaultValue = "60",
        description = "The longest that reading one host may take (default ${DEFAULT-VALUE}).")
    private int timeout;

    @Option(
        names = "--no-listen",
        description = "As for an audit: do not open the migration ports to prove them.")
    private boolean noListen;

    @Option(
        names = "--measure-bandwidth",
        description = "As for an audit: send 64 MiB through SSH for a better forecast.")
    private boolean measureBandwidth;

    Duration limit() throws UsageException {
      return Duration.ofSeconds(ConnectionOptions.within("--read-timeout", timeout, 1, 3600));
    }

    boolean listen() {
      return !noListen;
    }

    boolean measureBandwidth() {
      return measureBandwidth;
    }

    ConnectOptions connect() throws UsageException {
      return ConnectionOptions.connect(sudo, limit());
    }
  }
}
