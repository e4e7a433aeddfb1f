package org.migratecheck.check.ports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.ports.Ip;
import org.migratecheck.facts.ports.Listener;
import org.migratecheck.facts.ports.ListeningPorts;
import org.migratecheck.facts.ports.MigrationConfig;
import org.migratecheck.facts.ports.PortAttempts;
import org.migratecheck.facts.ports.PortSet;
import org.migratecheck.facts.ports.Routes;
import org.migratecheck.model.ClockOffset;
import org.migratecheck.model.Observed;

/**
 * Every free port of the destination's migration range is reached from the source. What the
 * destination's listener proved counts; the packet filters only explain what was not reached, and
 * tell what can be said where nothing listened.
 */
final class MigrationPorts implements Evaluator {
  /** How long both sides must have been at it together before "refused" means refused. */
  private static final double ENOUGH_SECONDS = 1;

  @Override
  public Outcome evaluate(CheckContext context) {
    MigrationConfig config = context.destination(MigrationConfig.FACT);
    PortSet range = config.ports();
    if (range.isEmpty()) {
      return Outcome.skipped("range");
    }
    if (config.listens().stream().anyMatch(Ip::loopback)) {
      return Outcome.skipped("address");
    }
    Announced name = Announced.of(context);
    if (name.state() != Announced.State.GOOD) {
      return Outcome.skipped("name").with("name", name.name());
    }
    Listener listener = context.link(Listener.FACT);
    if (!listener.busy().isEmpty() && listener.busy().equals(listener.tried())) {
      return Outcome.skipped("no-free-port").with("range", range.toString());
    }
    Attempt attempt =
        new Attempt(
            context, range, context.link(PortAttempts.FACT), listener, name.addresses().get(0));
    List<Problem> problems = new ArrayList<>(attempt.problems());
    if (config.changedSinceStart() && config.sets()) {
      problems.add(Problem.of("not-in-force", "range", range.toString()));
    }
    return Outcome.of(problems, attempt.observed())
        .with("range", range.toString())
        .with("count", Integer.toString(attempt.attempts.proven().size()))
        .with("busy", attempt.listener.busy().toString());
  }

  /** What both sides did, and what follows from it. */
  private record Attempt(
      CheckContext context,
      PortSet range,
      PortAttempts attempts,
      Listener listener,
      String address) {

    List<Problem> problems() {
      if (attempts.unresolved().isPresent()) {
        throw new Undetermined(
            context.source().name()
                + " could not resolve the destination's name when it tried the ports: "
                + attempts.unresolved().get());
      }
      PortSet listened = listener.listening();
      if (listened.isEmpty() && !listener.failed().isEmpty()) {
        return List.of(
            Problem.of(
                "cannot-listen",
                "reason",
                listener.reason().orElse("unknown"),
                "ports",
                listener.failed().toString()));
      }
      if (listened.isEmpty() || attempts.tool().isEmpty()) {
        return unproven();
      }
      PortSet missing = listened.minus(attempts.proven());
      return missing.isEmpty() ? slow() : unreached(missing);
    }

    /** All ports are reached; but libvirt waits for the first address before it tries the next. */
    private List<Problem> slow() {
      PortAttempts.Round first = attempts.rounds().get(0);
      PortSet waiting = first.silent().and(attempts.proven());
      return waiting.isEmpty()
          ? List.of()
          : List.of(
              Problem.of("slow-address", "address", first.address(), "ports", waiting.toString()));
    }

    private List<Problem> unreached(PortSet missing) {
      WayFirewall firewall = new WayFirewall(context, address, missing, range);
      // One migration opens one connection, and takes the lowest free port.
      if (attempts.proven().contains(listener.listening().first())
          && missing.minus(firewall.counted()).isEmpty()) {
        return List.of(
            Problem.of(
                "counted", "ports", missing.toString(), "proven", attempts.proven().toString()));
      }
      List<Problem> problems = new ArrayList<>(firewall.problems());
      PortSet rest = missing.minus(firewall.explained());
      PortAttempts.Round first = attempts.rounds().get(0);
      PortSet other = rest.and(first.open());
      PortSet silent = rest.and(first.silent().plus(first.unreachable()));
      PortSet refused = rest.minus(other).minus(silent);
      String unread = String.join("; ", firewall.unread());
      // Even silence says little where the hosts are too busy to meet.
      if (!refused.isEmpty()
          && problems.isEmpty()
          && other.isEmpty()
          && attempts.proven().isEmpty()
          && !together()) {
        throw new Undetermined(
            context.destination().name()
                + " refused ports "
                + refused
                + ", but it is not sure that its listener was up at that time",
            "Run the check again.");
      }
      if (!other.isEmpty()) {
        problems.add(Problem.of("answered-by-other", "ports", other.toString()));
      }
      if (!silent.isEmpty()) {
        problems.add(noRoute(silent).orElseGet(() -> between("silent", silent, unread)));
      }
      if (!refused.isEmpty()) {
        problems.add(between("refused", refused, unread));
      }
      return problems;
    }

    /**
     * Where one of the hosts does not know a way to the other, nothing between them is to blame.
     */
    private Optional<Problem> noRoute(PortSet silent) {
      String ports = silent.toString();
      Optional<Routes.Route> out = context.link(Routes.TO_DESTINATION).to(address);
      if (out.isEmpty()) {
        return Optional.of(Problem.on(Side.SOURCE, "no-route", "address", address, "ports", ports));
      }
      String from = out.get().from();
      return from.isEmpty() || context.link(Routes.TO_SOURCE).to(from).isPresent()
          ? Optional.empty()
          : Optional.of(Problem.of("no-route-back", "address", from, "ports", ports));
    }

    private static Problem between(String kind, PortSet ports, String unread) {
      return unread.isEmpty()
          ? Problem.of(kind, "ports", ports.toString())
          : Problem.of(kind + "-unread", "ports", ports.toString(), "unread", unread);
    }

    /** Returns whether the source surely tried while the listener was up, by both clocks. */
    private boolean together() {
      Optional<ClockOffset> here = context.source().evidence().clock();
      Optional<ClockOffset> there = context.destination().evidence().clock();
      if (here.isEmpty() || there.isEmpty()) {
        return false;
      }
      double latestUp = listener.up() - there.get().lowMillis() / 1000.0;
      double earliestDown = listener.down() - there.get().highMillis() / 1000.0;
      double latestFrom = attempts.from() - here.get().lowMillis() / 1000.0;
      double earliestTo = attempts.to() - here.get().highMillis() / 1000.0;
      return Math.min(earliestDown, earliestTo) - Math.max(latestUp, latestFrom) > ENOUGH_SECONDS;
    }

    /** Nothing listened, or nothing could try: what the rules and the answers tell. */
    private List<Problem> unproven() {
      PortSet closed =
          (attempts.tried().isEmpty() ? range : attempts.tried())
              .minus(listener.busy())
              .minus(context.destination(ListeningPorts.FACT));
      WayFirewall firewall = new WayFirewall(context, address, closed, range);
      if (!firewall.blocked().isEmpty()) {
        return firewall.problems();
      }
      String advice = advice();
      if (attempts.tool().isEmpty()) {
        throw new Undetermined(
            context.source().name() + " has no command that can try the migration ports", advice);
      }
      PortAttempts.Round first = attempts.rounds().get(0);
      PortSet silent = closed.and(first.silent().plus(first.unreachable()));
      if (!silent.isEmpty()) {
        List<Problem> problems = new ArrayList<>(firewall.problems());
        if (problems.isEmpty()) {
          problems.add(between("silent", silent, String.join("; ", firewall.unread())));
        }
        return problems;
      }
      if (firewall.doubtful() || !firewall.unread().isEmpty()) {
        throw new Undetermined(
            "ports "
                + closed
                + " are not proven, and the rules of both hosts do not tell for sure that they are"
                + " open"
                + (firewall.unread().isEmpty()
                    ? ""
                    : " (" + String.join("; ", firewall.unread()) + ")"),
            advice);
      }
      return List.of(
          Problem.of(
              listener.mode() == Listener.Mode.OFF ? "not-proven" : "no-listener",
              "ports",
              closed.toString()));
    }

    private String advice() {
      if (attempts.tool().isEmpty()) {
        return "Install python3, perl, bash or nmap-ncat on " + context.source().name() + ".";
      }
      return listener.mode() == Listener.Mode.OFF
          ? "Run the check without --no-listen."
          : "Install python3, perl, socat or nmap-ncat on " + context.destination().name() + ".";
    }

    List<Observed> observed() {
      List<Observed> observed = new ArrayList<>();
      add(observed, "listener", "", listener.tool().orElse(""));
      add(observed, "listened on", "", listener.listening().toString());
      add(observed, "in use", "", listener.busy().toString());
      for (PortAttempts.Round round : attempts.rounds()) {
        String at = " at " + round.address();
        add(observed, "proven" + at, round.proven().toString(), "");
        add(observed, "answered by others" + at, round.open().toString(), "");
        add(observed, "refused" + at, round.refused().toString(), "");
        add(observed, "no answer" + at, round.silent().toString(), "");
        add(observed, "unreachable" + at, round.unreachable().toString(), "");
      }
      return observed;
    }

    private static void add(List<Observed> to, String item, String source, String destination) {
      if (!source.isEmpty() || !destination.isEmpty()) {
        to.add(new Observed(item, source, destination));
      }
    }
  }
}
