package org.migratecheck.check.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Tools;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.network.Address;
import org.migratecheck.facts.network.CardPaths;
import org.migratecheck.facts.network.Nic;
import org.migratecheck.facts.network.VirtualNetwork;
import org.migratecheck.facts.ports.MigrationVariables;
import org.migratecheck.model.Observed;

/** Looks whether the destination has what single cards of a guest ask for besides a bridge. */
final class CardNeedsEvaluator implements Evaluator {
  private static final Set<String> ANY = Set.of("", "0.0.0.0", "::");

  @Override
  public Outcome evaluate(CheckContext context) {
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    for (Nic nic : Nic.of(context.guest())) {
      for (String path : CardPaths.of(nic)) {
        path(context, nic, path, problems, observed);
      }
      local(nic)
          .ifPresent(
              address -> {
                boolean there = has(context, address);
                observed.add(new Observed(address, nic.type(), there ? "present" : ""));
                if (!there) {
                  problems.add(Problem.of("no-address", "address", address, "mac", nic.mac()));
                }
              });
      bandwidth(context, nic, problems, observed);
    }
    if (observed.isEmpty()) {
      return Outcome.skipped("no-needs");
    }
    return Outcome.of(problems, observed).with("count", Integer.toString(observed.size()));
  }

  private static void path(
      CheckContext context, Nic nic, String path, List<Problem> problems, List<Observed> observed) {
    String kind = context.link(CardPaths.FACT).get(path);
    if (kind == null) {
      throw new Undetermined(
          context.destination().name() + ": nobody looked for " + path, "Run the check again.");
    }
    observed.add(new Observed(path, nic.type(), kind.equals("missing") ? "" : kind));
    String[] values = {
      "path", path, "mac", nic.mac(), "to", MigrationVariables.typed(context.destination().name())
    };
    if (CardPaths.socket(nic).equals(Optional.of(path))) {
      boolean server = nic.xml().attribute("source", "mode").orElse("").equals("server");
      if (!kind.equals(server ? "directory" : "socket")) {
        problems.add(Problem.of(server ? "no-directory" : "no-socket", values));
      }
    } else if (!kind.equals("program")) {
      problems.add(Problem.on(Side.SOURCE, "no-script", values));
    }
  }

  /** The address of the host that a card of QEMU's own sockets binds to. */
  private static Optional<String> local(Nic nic) {
    Optional<String> address =
        switch (nic.type()) {
          case "udp" ->
              nic.xml().first("source").flatMap(s -> s.first("local")).map(l -> l.attr("address"));
          case "server" -> nic.xml().attribute("source", "address");
          default -> Optional.empty();
        };
    return address.filter(a -> !ANY.contains(a) && !a.startsWith("127."));
  }

  private static boolean has(CheckContext context, String address) {
    return context.destination(Address.FACT).stream().anyMatch(a -> a.address().equals(address));
  }

  /** tc(8) is a package of its own; a promised rate needs a network with a rate to promise of. */
  private static void bandwidth(
      CheckContext context, Nic nic, List<Problem> problems, List<Observed> observed) {
    Optional<Xml> bandwidth = nic.xml().first("bandwidth");
    if (bandwidth.isEmpty()) {
      return;
    }
    boolean tc = context.destination(Tools.FACT).contains("tc");
    observed.add(new Observed("tc", "", tc ? "present" : ""));
    if (!tc) {
      problems.add(Problem.of("no-tc", "mac", nic.mac()));
    }
    boolean floor =
        bandwidth.get().first("inbound").filter(i -> !i.attr("floor").isEmpty()).isPresent();
    if (!floor) {
      return;
    }
    Map<String, VirtualNetwork> networks = VirtualNetworksEvaluator.byName(context.destination());
    VirtualNetwork network = networks.get(nic.network().orElse(""));
    boolean limited =
        network != null
            && network.live().first("bandwidth").flatMap(b -> b.first("inbound")).isPresent();
    if (network != null && !limited) {
      problems.add(Problem.of("no-floor", "mac", nic.mac(), "network", network.name()));
    }
  }
}
