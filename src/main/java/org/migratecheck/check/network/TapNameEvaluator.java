package org.migratecheck.check.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Guests;
import org.migratecheck.facts.network.Link;
import org.migratecheck.facts.network.Nic;
import org.migratecheck.model.Observed;

/**
 * Looks whether the tap names that a guest insists on are free on the destination. Names that
 * libvirt chose itself are not in the XML that travels.
 */
final class TapNameEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    HostNetwork destination = new HostNetwork(context.destination());
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    for (Nic nic : Nic.of(context.guest())) {
      Optional<String> target = nic.target();
      if (target.isEmpty() || context.guest().migratable().isEmpty()) {
        continue;
      }
      String name = target.get();
      Optional<Link> link = destination.link(name);
      observed.add(new Observed(name, nic.type(), link.map(Link::kind).orElse("")));
      boolean mustExist = nic.xml().attribute("target", "managed").orElse("").equals("no");
      if (mustExist && link.isEmpty()) {
        problems.add(Problem.of("absent", "target", name));
      } else if (!mustExist && link.isPresent()) {
        boolean leftover = link.get().kind().equals("tap") && !owned(context, name);
        problems.add(
            Problem.of(
                leftover ? "taken-leftover" : "taken", "target", name, "kind", link.get().kind()));
      }
    }
    if (observed.isEmpty()) {
      return Outcome.skipped("no-name");
    }
    return Outcome.of(problems, observed).with("count", Integer.toString(observed.size()));
  }

  private static boolean owned(CheckContext context, String tap) {
    return context.destination(Guests.FACT).stream()
        .filter(Guest::active)
        .flatMap(g -> g.xml().all("devices/interface/target").stream())
        .anyMatch(t -> t.attr("dev").equals(tap));
  }
}
