package org.migratecheck.check.ports;

import java.util.List;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Guests;
import org.migratecheck.facts.ports.Listener;
import org.migratecheck.facts.ports.ListeningPorts;
import org.migratecheck.facts.ports.MigrationConfig;
import org.migratecheck.facts.ports.PortSet;
import org.migratecheck.model.Observed;

/** The destination has a free port for every guest that comes in at the same time. */
final class MigrationPortsFree implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    PortSet range = context.destination(MigrationConfig.FACT).ports();
    if (range.isEmpty()) {
      return Outcome.skipped("range");
    }
    PortSet busy = context.destination(ListeningPorts.FACT).and(range);
    Listener listener = context.link(Listener.FACT);
    if (listener.mode() == Listener.Mode.RAN) {
      // An outgoing connection can hold a port too; only who tries to listen finds out.
      busy = busy.minus(listener.listening()).plus(listener.busy());
    }
    PortSet free = range.minus(busy);
    long guests = context.source(Guests.FACT).stream().filter(Guest::active).count();
    int few = context.parameters().path("few").asInt(4);
    String[] values = {
      "free", Integer.toString(free.size()),
      "range", range.toString(),
      "busy", busy.toString(),
      "guests", Long.toString(guests),
      "new-min", Integer.toString(next(range, context)),
      "new-max", Integer.toString(next(range, context) + range.size() - 1)
    };
    List<Problem> problems = List.of();
    if (free.isEmpty()) {
      problems = List.of(Problem.of("none", values));
    } else if (free.size() < Math.min(few, guests)) {
      problems = List.of(Problem.of("few", values));
    }
    return Outcome.of(problems, List.of(new Observed("in use", "", busy.toString())))
        .with("free", Integer.toString(free.size()))
        .with("range", range.toString());
  }

  /** Returns where a range of the same size begins in which nothing listens. */
  private static int next(PortSet range, CheckContext context) {
    PortSet listening = context.destination(ListeningPorts.FACT);
    int size = range.size();
    for (int first = range.last() + 1; first + size - 1 <= 65535; first += size) {
      if (PortSet.range(first, first + size - 1).and(listening).isEmpty()) {
        return first;
      }
    }
    return MigrationRange.DEFAULT_MIN;
  }
}
