package org.migratecheck.migrate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.migratecheck.model.MigrationPlan;
import org.migratecheck.model.MigrationPlan.GuestPlan;
import org.migratecheck.model.Move;
import org.migratecheck.model.Move.Result;
import org.migratecheck.model.Move.Stage;
import org.migratecheck.model.Printable;
import org.migratecheck.model.Report;
import org.migratecheck.remote.ConnectOptions;
import org.migratecheck.remote.ConnectionException;
import org.migratecheck.remote.Connector;
import org.migratecheck.remote.HostSpec;

/**
 * Moves one guest after the gate was opened for it: lock, move, verification. Whatever happens, the
 * result says where the guest runs, as far as the hosts tell. One for each guest.
 */
public final class Migrator {
  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Hosts hosts;
  private final Report checked;
  private final Explanations explanations;
  private final MigrationListener listener;
  private final String controller;
  private final Clock clock = Clock.systemUTC();

  /**
   * The two hosts and how they are reached.
   *
   * @param source the host that the guest leaves
   * @param destination the host it goes to
   * @param connector opens connections
   * @param connect how
   */
  public record Hosts(
      HostSpec source, HostSpec destination, Connector connector, ConnectOptions connect) {
    /** Returns where a guest runs. */
    public Whereabouts whereabouts(String guest, String uuid) {
      try (HostShell here = shell(source, "");
          HostShell there = shell(destination, "")) {
        return Whereabouts.ask(guest, uuid, here, there);
      }
    }

    /**
     * Returns the UUIDs of guests of this name, from libvirt and from what a migration left.
     *
     * @throws ConnectionException when none was found, and a host could not tell
     */
    public Set<String> find(String name) throws ConnectionException {
      Set<String> found = new TreeSet<>();
      ConnectionException unknown = null;
      for (HostSpec host : List.of(source, destination)) {
        try (HostShell shell = shell(host, "")) {
          Answer answer = shell.run("find", "", Map.of("name", name), Duration.ofSeconds(30));
          for (String key : List.of("uuid", "left")) {
            answer.all(key).stream()
                .map(String::strip)
                .filter(l -> UUID.matcher(l).matches())
                .forEach(found::add);
          }
          if (answer.first("error").isPresent()) {
            unknown =
                HostShell.failure(host.typed() + ": " + Printable.line(answer.text("error"), 200));
          }
        } catch (ConnectionException e) {
          unknown = e;
        }
      }
      if (found.isEmpty() && unknown != null) {
        throw unknown;
      }
      return found;
    }

    HostShell shell(HostSpec host, String nonce) {
      return new HostShell(host, connector, connect, nonce);
    }
  }

  /**
   * @param checked the report that opened the gate, with its plan
   * @param controller who we are, for people who find our lock
   */
  public Migrator(
      Hosts hosts,
      Report checked,
      Explanations explanations,
      MigrationListener listener,
      String controller) {
    this.hosts = hosts;
    this.checked = checked;
    this.explanations = explanations;
    this.listener = listener;
    this.controller = controller;
  }

  /**
   * Moves a guest of the plan.
   *
   * @param planned when and how it was planned and checked, for the record
   */
  public Move move(GuestPlan guest, List<Stage> planned) throws InterruptedException {
    MigrationPlan plan = checked.plan().orElseThrow();
    String nonce = HostShell.word();
    List<Stage> stages = new ArrayList<>(planned);
    try (HostShell source = hosts.shell(hosts.source(), nonce);
        HostShell destination = hosts.shell(hosts.destination(), nonce)) {
      source.expect(plan.source().hostKey());
      destination.expect(plan.destination().hostKey());
      Lock lock = new Lock(source, destination, guest.uuid(), owner(guest, plan, nonce));
      Optional<String> refused = lock.take();
      if (refused.isPresent()) {
        listener.refused(guest.name(), List.of(refused.get()));
        return result(guest, Result.REFUSED, refused.get(), stages, List.of());
      }
      return locked(guest, plan, lock, source, destination, stages);
    } catch (ConnectionException e) {
      return result(
          guest, Result.FAILED, e.getMessage() + "; nothing was started", stages, List.of());
    }
  }

  private Move locked(
      GuestPlan guest,
      MigrationPlan plan,
      Lock lock,
      HostShell source,
      HostShell destination,
      List<Stage> stages)
      throws InterruptedException, ConnectionException {
    Whereabouts before = Whereabouts.ask(guest.name(), guest.uuid(), source, destination);
    if (before.place() != Whereabouts.Place.SOURCE) {
      lock.release();
      String why = before.headline();
      listener.refused(guest.name(), List.of(why));
      return result(guest, Result.REFUSED, why, stages, List.of());
    }
    List<String> lacking = Preflight.refusals(plan.settings(), source, destination);
    if (!lacking.isEmpty()) {
      lock.release();
      listener.refused(guest.name(), lacking);
      return result(guest, Result.REFUSED, String.join("; ", lacking), stages, List.of());
    }
    Mover mover = new Mover(source, destination, guest, listener);
    try {
      Optional<String> failed = mover.start(plan.settings());
      if (failed.isPresent()) {
        lock.release();
        return result(guest, Result.FAILED, failed.get(), stages, List.of());
      }
    } catch (ConnectionException e) {
      listener.note(guest.name(), e.getMessage() + "; looking whether it started");
    }
    Mover.End end = mover.watch();
    if (end.left().isPresent()) {
      return result(
          guest,
          Result.LEFT_RUNNING,
          end.left().get() + "; 'migrate-check status' tells how it goes on",
          stages,
          List.of());
    }
    Whereabouts after = settled(guest, source, destination);
    Move move =
        end.succeeded() || after.place() == Whereabouts.Place.DESTINATION
            ? arrived(guest, source, destination, stages, end)
            : failed(guest, after, stages, end);
    if (after.place() != Whereabouts.Place.MOVING) {
      lock.release();
    }
    return move;
  }

  /** Asks until it can be told: a daemon or a link that broke the move may need time to be back. */
  private Whereabouts settled(GuestPlan guest, HostShell source, HostShell destination)
      throws InterruptedException {
    long start = System.nanoTime();
    Whereabouts where = Whereabouts.ask(guest.name(), guest.uuid(), source, destination);
    if (!where.settled()) {
      listener.note(guest.name(), where.headline() + "; asking again");
    }
    while (!where.settled() && System.nanoTime() - start < Mover.PATIENCE.toNanos()) {
      Thread.sleep(Mover.POLL_MILLIS);
      where = Whereabouts.ask(guest.name(), guest.uuid(), source, destination);
    }
    return where;
  }

  private Move failed(GuestPlan guest, Whereabouts after, List<Stage> stages, Mover.End end) {
    String place = after.headline();
    boolean safe = after.place() == Whereabouts.Place.SOURCE;
    if (end.aborted() && safe) {
      return result(guest, Result.ABORTED, "ended on request; " + place, stages, end.said());
    }
    String why =
        end.note().equals(Optional.of("abort after timeout"))
            ? "It did not converge within the planned time and was ended, as planned."
            : explanations.of(end.said()).orElse("");
    return result(
        guest,
        Result.FAILED,
        (place + (safe ? ", as before" : "") + ". " + why).strip(),
        stages,
        end.said());
  }

  private Move arrived(
      GuestPlan guest, HostShell source, HostShell destination, List<Stage> stages, Mover.End end) {
    stage(guest, stages, "moved", "to " + destination.name());
    Verification.Seen seen = Verification.of(guest, source, destination);
    List<String> said = new ArrayList<>(end.said());
    said.addAll(end.after());
    stage(
        guest,
        stages,
        "verified",
        seen.good() ? "everything is as planned" : "not everything is as planned");
    return new Move(
        guest.name(),
        guest.uuid(),
        seen.good() ? Result.MOVED : Result.MOVED_WITH_FAULTS,
        guest.name() + " runs on " + destination.name(),
        stages,
        // After post-copy libvirt keeps no statistics on the destination.
        seen.measured().or(() -> end.seconds().map(s -> new Move.Measured(s * 1000, -1, -1, -1))),
        seen.results(),
        said.stream().map(Printable::line).toList());
  }

  /**
   * Finishes what a lost controller began: looks at both hosts and takes what it left away.
   *
   * @param where says that the guest is on the destination
   */
  public Move finish(GuestPlan guest, Whereabouts where, List<Stage> planned) {
    List<Stage> stages = new ArrayList<>(planned);
    String nonce = where.source().answer().field("owner", "nonce").orElse(HostShell.word());
    try (HostShell source = hosts.shell(hosts.source(), nonce);
        HostShell destination = hosts.shell(hosts.destination(), nonce)) {
      Mover.End end =
          new Mover.End(
              where.source().exit(),
              where.source().answer().all("output"),
              where.source().answer().all("after"),
              Optional.empty(),
              Optional.empty(),
              Mover.seconds(where.source().answer()));
      Move move = arrived(guest, source, destination, stages, end);
      if (where.source().locked() && !where.source().lockAlive()) {
        new Lock(source, destination, guest.uuid(), "").release();
      }
      return move;
    }
  }

  private void stage(GuestPlan guest, List<Stage> stages, String name, String message) {
    Stage stage = new Stage(name, Instant.now(clock), message);
    stages.add(stage);
    listener.stage(guest.name(), stage);
  }

  private String owner(GuestPlan guest, MigrationPlan plan, String nonce) {
    return String.join(
        "\n",
        "nonce=" + nonce,
        "guest=" + Printable.line(guest.name()),
        "plan=" + plan.id(),
        "source=" + plan.source().host(),
        "destination=" + plan.destination().host(),
        "controller=" + Printable.line(controller),
        "since=" + Instant.now(clock).truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
  }

  private static Move result(
      GuestPlan guest, Result result, String message, List<Stage> stages, List<String> said) {
    return new Move(
        guest.name(),
        guest.uuid(),
        result,
        Printable.line(message),
        stages,
        Optional.empty(),
        List.of(),
        said.stream().map(Printable::line).toList());
  }
}
