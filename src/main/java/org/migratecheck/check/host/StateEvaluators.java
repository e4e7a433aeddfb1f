package org.migratecheck.check.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Guests;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.host.GoingDown;
import org.migratecheck.facts.host.Hook;
import org.migratecheck.facts.host.Troubles;
import org.migratecheck.facts.system.LibvirtService;
import org.migratecheck.model.Observed;

/** The state that hosts are in: hooks, shutdowns, failures, moves under way. */
final class StateEvaluators {
  private StateEvaluators() {}

  /**
   * Compares the scripts that libvirt runs for guests that arrive. One that is the same on the
   * source let the guest start there; another one that can fail may refuse it.
   */
  static Outcome hooks(CheckContext context) {
    List<Hook> here = context.source(Hook.FACT);
    List<Hook> there = context.destination(Hook.FACT);
    if (here.isEmpty() && there.isEmpty()) {
      return Outcome.skipped("none");
    }
    String daemon = context.destination(LibvirtService.FACT).daemon();
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    for (Hook hook : there) {
      Optional<Hook> twin = named(here, hook.name());
      observed.add(
          new Observed(hook.name(), twin.map(Hook::checksum).orElse("absent"), hook.checksum()));
      boolean same =
          twin.map(t -> t.checksum().equals(hook.checksum()) && t.executable() == hook.executable())
              .orElse(false);
      if (!hook.executable() || same) {
        continue;
      }
      Problem problem =
          Problem.of(
              twin.isPresent() ? "other" : "only-there",
              "hook",
              hook.name(),
              "daemon",
              daemon.isEmpty() ? "libvirtd" : daemon);
      problems.add(hook.mayFail() ? problem : problem.asWarning());
    }
    for (Hook hook : here) {
      if (hook.executable() && named(there, hook.name()).isEmpty()) {
        observed.add(new Observed(hook.name(), hook.checksum(), "absent"));
        problems.add(Problem.of("only-here", "hook", hook.name()));
      }
    }
    return Outcome.of(problems, observed);
  }

  private static Optional<Hook> named(List<Hook> hooks, String name) {
    return hooks.stream().filter(h -> h.name().equals(name)).findFirst();
  }

  /** Judges whether the destination stays up. */
  static Outcome goingDown(CheckContext context) {
    GoingDown there = context.destination(GoingDown.FACT);
    if (there.mode().isEmpty()) {
      return Outcome.pass(List.of(new Observed("scheduled", "", "nothing")));
    }
    String when =
        there.seconds() > 0 ? "in " + (there.seconds() + 59) / 60 + " minutes" : "at any moment";
    return Outcome.of(
        List.of(Problem.of("scheduled", "mode", there.mode(), "when", when)),
        List.of(new Observed("scheduled", "", there.mode() + " " + when)));
  }

  /** Tells of failed units; host scope. */
  static Outcome units(CheckContext context) {
    List<String> failed = context.source(Troubles.FACT).failedUnits();
    List<Problem> problems =
        failed.isEmpty()
            ? List.of()
            : List.of(Problem.on(Side.SOURCE, "failed", "units", String.join(", ", failed)));
    return Outcome.of(
        problems, List.of(new Observed("failed units", String.join(" ", failed), "")));
  }

  /** Judges memory that the hardware damaged. */
  static Outcome memoryErrors(CheckContext context) {
    Guest guest = context.guest();
    if (!guest.active()) {
      return Outcome.skipped("not-active");
    }
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    Troubles source = context.source(Troubles.FACT);
    Troubles destination = context.destination(Troubles.FACT);
    observed.add(
        new Observed(
            "HardwareCorrupted",
            source.corruptedKib() + " kB",
            destination.corruptedKib() + " kB"));
    if (source.guestsWithErrors().contains(guest.name())) {
      problems.add(Problem.on(Side.SOURCE, "guest-hit"));
    } else if (source.corruptedKib() > 0) {
      problems.add(Problem.on(Side.SOURCE, "source-hit", "kib", "" + source.corruptedKib()));
    }
    if (destination.corruptedKib() > 0) {
      problems.add(Problem.of("destination-hit", "kib", "" + destination.corruptedKib()));
    }
    return Outcome.of(problems, observed);
  }

  /** Warns of other moves that share the way or the hosts. */
  static Outcome moves(CheckContext context) {
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    for (Side side : Side.values()) {
      for (Guest guest : context.side(side).get(Guests.FACT)) {
        if (guest.state().contains("(migrating)") || guest.state().contains("(migration)")) {
          problems.add(
              Problem.on(
                  side, "moving", "other", guest.name(), "where", context.side(side).name()));
          observed.add(
              side == Side.SOURCE
                  ? new Observed(guest.name(), guest.state(), "")
                  : new Observed(guest.name(), "", guest.state()));
        }
      }
    }
    return Outcome.of(problems, observed);
  }

  /** Tells of a Windows guest that asks slow timers for the time. */
  static Outcome windowsClock(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    Xml xml = context.guest().xml();
    if (!xml.attr("type").equals("kvm")) {
      return Outcome.skipped("emulated");
    }
    if (!windows(xml)) {
      return Outcome.skipped("not-windows");
    }
    boolean clock =
        xml.all("clock/timer").stream()
            .anyMatch(t -> t.attr("name").equals("hypervclock") && !t.attr("present").equals("no"));
    return Outcome.of(
        clock ? List.of() : List.of(Problem.on(Side.SOURCE, "absent")),
        List.of(new Observed("timer hypervclock", clock ? "present" : "absent", "")));
  }

  private static boolean windows(Xml xml) {
    return xml.all("metadata/libosinfo/os").stream()
            .anyMatch(o -> o.attr("id").contains("microsoft.com/win"))
        || xml.first("features/hyperv").isPresent();
  }
}
