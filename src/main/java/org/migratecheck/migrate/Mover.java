package org.migratecheck.migrate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.migratecheck.model.MigrationPlan.GuestPlan;
import org.migratecheck.model.MigrationPlan.Settings;
import org.migratecheck.remote.ConnectionException;

/** Starts the move of one guest on the source and watches it to its end. */
final class Mover {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  static final long POLL_MILLIS = 1000;
  private static final int BEATS = 10;

  /** How long a lost host is asked again before we give it up. */
  static final Duration PATIENCE = Duration.ofSeconds(90);

  private final HostShell source;
  private final HostShell destination;
  private final GuestPlan guest;
  private final MigrationListener listener;
  private boolean abortAsked;

  Mover(HostShell source, HostShell destination, GuestPlan guest, MigrationListener listener) {
    this.source = source;
    this.destination = destination;
    this.guest = guest;
    this.listener = listener;
  }

  /**
   * How watching ended.
   *
   * @param exit the exit status of the move; empty when it was left or lost
   * @param said what libvirt said
   * @param after what went wrong with the steps after the move
   * @param note what else is known, such as that it was ended on request
   * @param left why we stopped watching before its end
   * @param seconds how long it took by the source's clock
   */
  record End(
      Optional<String> exit,
      List<String> said,
      List<String> after,
      Optional<String> note,
      Optional<String> left,
      Optional<Long> seconds) {
    boolean succeeded() {
      return exit.equals(Optional.of("0"));
    }

    boolean aborted() {
      return note.equals(Optional.of("abort on request"));
    }
  }

  /**
   * Starts the move.
   *
   * @return why it did not start; empty when it did
   * @throws ConnectionException when the connection broke; whether it started is then unknown
   */
  Optional<String> start(Settings settings) throws ConnectionException {
    return source
        .run("start", guest.uuid(), Map.of("run", Supervisor.text(guest, settings)), DEADLINE)
        .first("error");
  }

  /** Watches until the end, until the user leaves, or until the source is lost for too long. */
  End watch() throws InterruptedException {
    long lostAt = 0;
    for (int round = 1; ; round++) {
      try {
        Answer answer = source.run("watch", guest.uuid(), Map.of(), DEADLINE);
        if (lostAt != 0) {
          listener.note(guest.name(), source.name() + " answers again");
          lostAt = 0;
        }
        Optional<End> end = look(answer);
        if (end.isPresent()) {
          return end.get();
        }
      } catch (ConnectionException e) {
        if (lostAt == 0) {
          lostAt = System.nanoTime();
          listener.note(
              guest.name(), e.getMessage() + "; the migration goes on without us, trying again");
        } else if (System.nanoTime() - lostAt > PATIENCE.toNanos()) {
          return left(e.getMessage());
        }
      }
      Optional<End> wished = wish();
      if (wished.isPresent()) {
        return wished.get();
      }
      if (round % BEATS == 0) {
        beat();
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  private Optional<End> look(Answer answer) {
    if (answer.first("exit").isPresent()) {
      return Optional.of(
          new End(
              answer.first("exit"),
              nonBlank(answer.all("output")),
              nonBlank(answer.all("after")),
              answer.first("note"),
              Optional.empty(),
              seconds(answer)));
    }
    Optional<JobInfo> job = JobInfo.parse(answer.text("job"));
    if (!answer.is("supervisor", "alive") && job.filter(JobInfo::running).isEmpty()) {
      // Neither an end nor anybody who works on it: it was killed.
      return Optional.of(
          new End(
              Optional.of("killed"),
              List.of(),
              List.of(),
              answer.first("note"),
              Optional.empty(),
              Optional.empty()));
    }
    job.filter(JobInfo::running)
        .ifPresent(
            j ->
                listener.progress(
                    guest.name(),
                    Progress.words(j),
                    new MigrationListener.Numbers(
                        j.elapsed(),
                        j.remaining(),
                        j.total(),
                        j.bandwidth(),
                        j.dirtyRate(),
                        j.iteration())));
    return Optional.empty();
  }

  private Optional<End> wish() {
    switch (listener.wish(guest.name())) {
      case LEAVE:
        return Optional.of(left("left on request"));
      case ABORT:
        if (!abortAsked) {
          abortAsked = true;
          abort();
        }
        return Optional.empty();
      default:
        return Optional.empty();
    }
  }

  private void abort() {
    try {
      Answer answer = source.run("abort", guest.uuid(), Map.of(), DEADLINE);
      String said = answer.text("said");
      listener.note(guest.name(), said.isEmpty() ? "asked libvirt to end it" : said);
    } catch (ConnectionException e) {
      abortAsked = false;
      listener.note(guest.name(), "could not ask for the end: " + e.getMessage());
    }
  }

  private void beat() {
    try {
      destination.run("beat", guest.uuid(), Map.of(), DEADLINE);
    } catch (ConnectionException e) {
      // The source's lock alone keeps others away.
    }
  }

  private static End left(String why) {
    return new End(
        Optional.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.of(why),
        Optional.empty());
  }

  /** Returns how long a move took by the host's own clock. */
  static Optional<Long> seconds(Answer answer) {
    Optional<String> from = answer.first("started").filter(t -> t.matches("[0-9]{1,12}"));
    Optional<String> to = answer.first("ended").filter(t -> t.matches("[0-9]{1,12}"));
    return from.isEmpty() || to.isEmpty()
        ? Optional.empty()
        : Optional.of(Long.parseLong(to.get()) - Long.parseLong(from.get()));
  }

  private static List<String> nonBlank(List<String> lines) {
    List<String> result = new ArrayList<>();
    lines.stream().map(String::strip).filter(l -> !l.isEmpty()).forEach(result::add);
    return result;
  }
}
