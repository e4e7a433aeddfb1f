package org.migratecheck.check.ports;

import java.util.List;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.ports.HostAddress;
import org.migratecheck.facts.ports.Ip;
import org.migratecheck.facts.ports.MigrationConfig;
import org.migratecheck.model.Observed;

/** An incoming guest can listen at {@code migration_address}, and others reach it there. */
final class MigrationAddress implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    MigrationConfig config = context.source(MigrationConfig.FACT);
    if (config.address().isEmpty()) {
      return Outcome.skipped("not-set");
    }
    String address = config.address().get();
    List<HostAddress> own = context.source(HostAddress.FACT);
    List<Observed> observed =
        List.of(
            new Observed("migration_address", address, ""),
            new Observed(
                "addresses",
                String.join(", ", own.stream().map(HostAddress::address).toList()),
                ""));
    List<Problem> problems = List.of();
    if (config.listens().isEmpty()) {
      problems = List.of(Problem.of("unresolvable", "address", address));
    } else {
      String listens = config.listens().get(0);
      if (Ip.loopback(listens)) {
        problems = List.of(Problem.of("loopback", "address", address));
      } else if (!Ip.wildcard(listens) && !HostAddress.any(own, listens)) {
        problems = List.of(Problem.of("missing", "address", address));
      }
    }
    return Outcome.of(problems, observed).with("address", address);
  }
}
