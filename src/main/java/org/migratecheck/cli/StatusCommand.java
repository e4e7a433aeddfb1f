package org.migratecheck.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.migratecheck.migrate.Migrator;
import org.migratecheck.migrate.Whereabouts;
import org.migratecheck.model.ExitCode;
import org.migratecheck.model.Printable;
import org.migratecheck.remote.ConnectionException;
import org.migratecheck.remote.HostConnector;
import org.migratecheck.remote.HostSpec;
import org.migratecheck.remote.SshEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code migrate-check status}: where a guest runs, from the hosts alone. */
@Command(
    name = "status",
    sortOptions = false,
    description =
        "Say where guests run, how far their migration is, and whether a lock was left over; from"
            + " the hosts alone, whatever became of the run that began it. Exit code 0: each runs"
            + " on one host, or is being moved; 1: on none or on both; 3: it cannot be told.")
final class StatusCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(arity = "2", paramLabel = "HOST", description = "The source, the destination.")
  private List<String> hosts = new ArrayList<>();

  @Option(
      names = "--guest",
      required = true,
      paramLabel = "NAME",
      description = "The guest (name or UUID). Repeatable.")
  private List<String> guests = new ArrayList<>();

  @Mixin private MigrateCommand.ReadOptions reading = new MigrateCommand.ReadOptions();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  private boolean help;

  StatusCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws UsageException {
    List<HostSpec> specs = AuditSettings.hosts(hosts, 2);
    Migrator.Hosts pair =
        new Migrator.Hosts(
            specs.get(0),
            specs.get(1),
            new HostConnector(SshEnvironment.ofThisProcess()),
            reading.connect());
    ExitCode worst = ExitCode.READY;
    for (String guest : guests) {
      ExitCode code = show(pair, guest);
      worst = code.code() > worst.code() ? code : worst;
    }
    return worst.code();
  }

  private ExitCode show(Migrator.Hosts pair, String guest) {
    Set<String> uuids;
    try {
      uuids = pair.find(guest);
    } catch (ConnectionException e) {
      terminal.error(e.getMessage());
      return ExitCode.UNDETERMINED;
    }
    if (uuids.isEmpty()) {
      terminal
          .out()
          .println(
              Printable.line(
                  guest + " is known neither on " + hosts.get(0) + " nor on " + hosts.get(1)));
      return ExitCode.NOT_READY;
    }
    if (uuids.size() > 1) {
      terminal.out().println(Printable.line(guest + " is the name of several guests: " + uuids));
    }
    ExitCode worst = ExitCode.READY;
    for (String uuid : uuids) {
      Whereabouts where = pair.whereabouts(guest, uuid);
      where.lines().forEach(terminal.out()::println);
      if (where.leftover()) {
        terminal
            .out()
            .println("  the next 'migrate' of it takes the left-over lock away by itself");
      }
      ExitCode code =
          switch (where.place()) {
            case SOURCE, DESTINATION, MOVING -> ExitCode.READY;
            case NOWHERE, BOTH -> ExitCode.NOT_READY;
            case UNKNOWN -> ExitCode.UNDETERMINED;
          };
      worst = code.code() > worst.code() ? code : worst;
    }
    return worst;
  }
}
