package org.migratecheck.check.ports;

import java.util.List;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.ports.LibvirtReach;
import org.migratecheck.facts.system.Capabilities;
import org.migratecheck.model.Observed;

/** The libvirt that the source reaches is that of the destination, told by the host's UUID. */
final class DestinationIsExpectedMachine implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    LibvirtReach reach = context.link(LibvirtReach.FACT);
    Optional<LibvirtReach.Attempt> reached = reach.reached();
    if (reached.isEmpty()) {
      return Outcome.skipped("not-reached");
    }
    String there = reached.get().uuid().orElseThrow();
    String expected = context.destination(Capabilities.FACT).hostUuid();
    List<Observed> observed = List.of(new Observed("libvirt host UUID", there, expected));
    if (there.equals(expected)) {
      return Outcome.pass(observed).with("name", reach.name()).with("uuid", there);
    }
    String kind =
        there.equals(context.source(Capabilities.FACT).hostUuid()) ? "source-itself" : "other";
    return Outcome.of(
        List.of(
            Problem.on(
                Side.SOURCE,
                kind,
                "name",
                reach.name(),
                "uuid",
                there,
                "expected",
                expected,
                "address",
                Announced.address(context).orElse(""))),
        observed);
  }
}
