package org.migratecheck.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.migratecheck.migrate.Drift;
import org.migratecheck.migrate.Gate;
import org.migratecheck.migrate.Migrator;
import org.migratecheck.migrate.MoveQueue;
import org.migratecheck.migrate.PlanText;
import org.migratecheck.migrate.Whereabouts;
import org.migratecheck.model.ExitCode;
import org.migratecheck.model.MigrationPlan;
import org.migratecheck.model.MigrationPlan.GuestPlan;
import org.migratecheck.model.Move;
import org.migratecheck.model.Move.Result;
import org.migratecheck.model.Move.Stage;
import org.migratecheck.model.Policy;
import org.migratecheck.model.Report;
import org.migratecheck.model.Verdict;
import org.migratecheck.remote.ConnectionException;
import org.migratecheck.remote.HostConnector;
import org.migratecheck.remote.HostSpec;
import org.migratecheck.remote.SshEnvironment;

/** One run of {@code migrate}: gate, then guest after guest, then the report. */
final class MigrationRun {
  private final Terminal terminal;
  private final Settings settings;
  private final MigrationConsole console;
  private final Migrator.Hosts hosts;
  private final GateAudit audit;
  private final Gate gate;
  private boolean unknown;

  /** What the command line says. */
  record Settings(
      CheckOptions checks,
      MigrateCommand.ReadOptions reading,
      Duration maxAge,
      int parallel,
      boolean keepGoing,
      boolean yes,
      boolean events,
      Path html,
      Path report,
      List<String> arguments) {}

  MigrationRun(Terminal terminal, Settings settings, List<HostSpec> specs) throws UsageException {
    this.terminal = terminal;
    this.settings = settings;
    this.console = new MigrationConsole(terminal, settings.events());
    this.hosts =
        new Migrator.Hosts(
            specs.get(0),
            specs.get(1),
            new HostConnector(SshEnvironment.ofThisProcess()),
            settings.reading().connect());
    this.audit = new GateAudit(settings, hosts, console);
    this.gate = new Gate(new Drift(audit.measured()));
  }

  /** Executes a reviewed plan. */
  int planned(Report reviewed) throws UsageException, InterruptedException {
    MigrationPlan plan = reviewed.plan().orElseThrow();
    List<Stage> planned = List.of(plannedStage(reviewed));
    List<GuestPlan> open = new ArrayList<>();
    List<Move> moves = new ArrayList<>();
    for (GuestPlan guest : plan.guests()) {
      Whereabouts where = hosts.whereabouts(guest.name(), guest.uuid());
      if (where.place() == Whereabouts.Place.DESTINATION && where.leftover()) {
        console.note(guest.name(), "an earlier run moved it and was lost; looking at what it left");
        moves.add(migrator(reviewed).finish(guest, where, planned));
      } else if (where.place() == Whereabouts.Place.SOURCE) {
        open.add(guest);
      } else {
        moves.add(refused(guest, planned, where));
      }
    }
    if (open.isEmpty() || (moves.size() > 0 && !settings.keepGoing() && !good(moves))) {
      open.forEach(g -> moves.add(MoveQueue.notStarted(g, planned)));
      return finish(reviewed, plan, moves);
    }
    List<String> names = open.stream().map(GuestPlan::uuid).toList();
    GateAudit.Result now =
        audit.run(names, reviewed.run().policy(), reviewed.run().warningsFail(), plan.settings());
    Optional<String> one =
        open.size() == plan.guests().size() || open.size() != 1
            ? Optional.empty()
            : Optional.of(open.get(0).name());
    List<String> reasons =
        now.reasons(r -> gate.reviewed(reviewed, r, one, settings.maxAge(), Instant.now()));
    if (!reasons.isEmpty()) {
      console.refused("", reasons);
      return refusedCode(now.report());
    }
    return execute(now.report(), Optional.of(reviewed), open, moves, planned);
  }

  /** Plans, asks and executes. */
  int direct(List<String> guests, Policy policy, boolean strict, MigrationPlan.Settings how)
      throws UsageException, InterruptedException {
    for (String guest : guests) {
      try {
        for (String uuid : hosts.find(guest)) {
          Whereabouts where = hosts.whereabouts(guest, uuid);
          if (where.place() != Whereabouts.Place.SOURCE) {
            console.refused(guest, where.lines());
            return where.place() == Whereabouts.Place.UNKNOWN
                ? ExitCode.UNDETERMINED.code()
                : ExitCode.NOT_READY.code();
          }
        }
      } catch (ConnectionException e) {
        terminal.error(e.getMessage());
        return ExitCode.UNDETERMINED.code();
      }
    }
    GateAudit.Result first = audit.run(guests, policy, strict, how);
    List<String> reasons = first.reasons(gate::now);
    if (!reasons.isEmpty()) {
      console.refused("", reasons);
      return refusedCode(first.report());
    }
    Report ready = first.report();
    MigrationPlan plan = ready.plan().orElseThrow();
    List<Stage> planned = List.of(plannedStage(ready));
    if (!settings.events()) {
      PlanText.lines(plan).forEach(terminal.out()::println);
      terminal.out().flush();
    }
    if (!settings.yes()) {
      if (!console.confirm("Move " + plan.guests().size() + " guest(s) now? [y/N] ")) {
        terminal.error("nothing was done");
        return ExitCode.INTERRUPTED.code();
      }
      GateAudit.Result again = audit.run(guests, policy, strict, how);
      reasons =
          again.reasons(
              r -> gate.reviewed(ready, r, Optional.empty(), settings.maxAge(), Instant.now()));
      if (!reasons.isEmpty()) {
        console.refused("", reasons);
        return refusedCode(again.report());
      }
      return execute(again.report(), Optional.of(ready), plan.guests(), new ArrayList<>(), planned);
    }
    return execute(ready, Optional.empty(), plan.guests(), new ArrayList<>(), planned);
  }

  private int execute(
      Report checked,
      Optional<Report> reviewed,
      List<GuestPlan> guests,
      List<Move> moves,
      List<Stage> planned)
      throws UsageException, InterruptedException {
    Set<String> begun = new HashSet<>();
    console.watchInterrupts();
    try {
      moves.addAll(
          new MoveQueue(settings.parallel(), settings.keepGoing())
              .run(
                  guests,
                  planned,
                  guest -> {
                    Move move = one(guest, checked, reviewed, planned, begun);
                    console.moved(move);
                    return move;
                  }));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UsageException usage) {
        throw usage;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      console.ignoreInterrupts();
    }
    MigrationPlan plan =
        reviewed.flatMap(Report::plan).orElseGet(() -> checked.plan().orElseThrow());
    return finish(checked, plan, moves);
  }

  /** The gate was opened for all; for each guest but the first it is asked again. */
  private Move one(
      GuestPlan guest,
      Report checked,
      Optional<Report> reviewed,
      List<Stage> planned,
      Set<String> begun)
      throws UsageException, InterruptedException {
    Report basis = checked;
    synchronized (begun) {
      if (!begun.isEmpty()) {
        GateAudit.Result now =
            audit.run(
                List.of(guest.uuid()),
                checked.run().policy(),
                checked.run().warningsFail(),
                checked.plan().orElseThrow().settings());
        List<String> reasons =
            now.reasons(
                r ->
                    gate.next(
                        reviewed.orElse(checked),
                        r,
                        Optional.of(guest.name()),
                        settings.maxAge(),
                        Instant.now()));
        if (!reasons.isEmpty()) {
          console.refused(guest.name(), reasons);
          return MoveQueue.unmoved(guest, Result.REFUSED, String.join("; ", reasons), planned);
        }
        basis = now.report();
      }
      begun.add(guest.uuid());
    }
    List<Stage> stages = new ArrayList<>(planned);
    Stage stage =
        new Stage(
            "checked",
            Instant.now(),
            basis.tool().checks() + " checks: " + basis.verdict().label());
    stages.add(stage);
    console.stage(guest.name(), stage);
    return migrator(basis).move(guest, stages);
  }

  private Migrator migrator(Report report) {
    return new Migrator(hosts, report, audit.explanations(), console, audit.controller());
  }

  private int finish(Report checked, MigrationPlan plan, List<Move> moves) throws UsageException {
    Report done = checked.with(plan, moves);
    boolean acted =
        moves.stream()
            .anyMatch(m -> m.result() != Result.REFUSED && m.result() != Result.NOT_STARTED);
    if (acted) {
      // A run that did nothing must not replace the record of one that did.
      GateAudit.write(done, settings);
    }
    console.summary(done, settings, acted);
    return code(moves).code();
  }

  private ExitCode code(List<Move> moves) {
    ExitCode worst = ExitCode.READY;
    for (Move move : moves) {
      ExitCode code =
          switch (move.result()) {
            case MOVED -> ExitCode.READY;
            case FAILED, MOVED_WITH_FAULTS -> ExitCode.MIGRATION_FAILED;
            case ABORTED -> ExitCode.INTERRUPTED;
            case LEFT_RUNNING ->
                move.message().startsWith("left on request")
                    ? ExitCode.INTERRUPTED
                    : ExitCode.UNDETERMINED;
            case REFUSED, NOT_STARTED -> unknown ? ExitCode.UNDETERMINED : ExitCode.NOT_READY;
          };
      worst = code.code() > worst.code() ? code : worst;
    }
    return worst;
  }

  private static boolean good(List<Move> moves) {
    return moves.stream().allMatch(m -> m.result() == Result.MOVED);
  }

  private Move refused(GuestPlan guest, List<Stage> planned, Whereabouts where) {
    console.refused(guest.name(), where.lines());
    unknown |= where.place() == Whereabouts.Place.UNKNOWN;
    return MoveQueue.unmoved(guest, Result.REFUSED, where.headline(), planned);
  }

  private static Stage plannedStage(Report report) {
    return new Stage(
        "planned",
        report.run().collectedTo(),
        "plan " + report.plan().orElseThrow().id().substring(0, 12));
  }

  private static int refusedCode(Report report) {
    return (report.verdict() == Verdict.UNDETERMINED ? ExitCode.UNDETERMINED : ExitCode.NOT_READY)
        .code();
  }
}
