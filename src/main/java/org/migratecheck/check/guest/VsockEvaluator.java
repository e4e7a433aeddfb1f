package org.migratecheck.check.guest;

import java.util.List;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Guests;
import org.migratecheck.facts.Xml;
import org.migratecheck.model.Observed;

/** Whether the guest's fixed vsock address (CID) is free among the running guests there. */
final class VsockEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    Guest guest = context.guest();
    if (!guest.active()) {
      return Outcome.skipped("not-active");
    }
    Optional<Xml> cid = guest.xml().first("devices/vsock/cid");
    if (cid.isEmpty()) {
      return Outcome.skipped("none");
    }
    if (cid.get().attr("auto").equals("yes")) {
      return Outcome.skipped("automatic");
    }
    String address = cid.get().attr("address");
    List<Problem> problems =
        context.destination(Guests.FACT).stream()
            .filter(Guest::active)
            .filter(g -> !g.uuid().equals(guest.uuid()))
            .filter(
                g -> g.xml().attribute("devices/vsock/cid", "address").orElse("").equals(address))
            .map(g -> Problem.on(Side.DESTINATION, "taken", "cid", address, "other", g.name()))
            .toList();
    return Outcome.of(problems, List.of(new Observed("vsock address", address, "")))
        .with("cid", address);
  }
}
