package org.migratecheck.check.ports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.ports.HostAddress;
import org.migratecheck.facts.ports.MigrationConfig;
import org.migratecheck.model.Observed;

/** The name that the destination announces leads, on the source, to the destination. */
final class DestinationNameResolves implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    Announced name = Announced.of(context);
    List<Observed> observed = new ArrayList<>();
    observed.add(new Observed("announced name", "", name.name()));
    observed.add(
        new Observed(
            name.name(),
            String.join(", ", name.addresses()),
            String.join(
                ", ",
                HostAddress.global(context.destination(HostAddress.FACT)).stream()
                    .map(HostAddress::address)
                    .toList())));
    return Outcome.of(problems(context, name), observed)
        .with("name", name.name())
        .with("addresses", String.join(", ", name.addresses()));
  }

  private static List<Problem> problems(CheckContext context, Announced name) {
    String address = Announced.address(context).orElse("");
    String port = Integer.toString(context.destination(MigrationConfig.FACT).portMin());
    String[] values = {
      "name", name.name(),
      "addresses", String.join(", ", name.addresses()),
      "foreign", String.join(", ", name.foreign()),
      "address", address,
      "port", port
    };
    return switch (name.state()) {
      case GOOD ->
          name.foreign().isEmpty() ? List.of() : List.of(Problem.on(Side.SOURCE, "partly", values));
      case LOCALHOST -> List.of(localhost(context, name, address));
      case UNRESOLVABLE -> List.of(Problem.on(Side.SOURCE, "unresolvable", values));
      case LOOPBACK -> List.of(Problem.on(Side.SOURCE, "loopback", values));
      case ELSEWHERE -> List.of(Problem.on(Side.SOURCE, "elsewhere", values));
      case NOT_MINE -> List.of(Problem.of("not-mine", values));
    };
  }

  private static Problem localhost(CheckContext context, Announced name, String address) {
    Optional<String> better = Announced.goodName(context);
    return better.isPresent() && !name.configured()
        ? Problem.of("localhost", "name", name.name(), "new-name", better.get())
        : Problem.of("localhost-address", "name", name.name(), "address", address);
  }
}
