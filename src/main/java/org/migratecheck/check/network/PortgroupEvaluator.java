package org.migratecheck.check.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.network.Nic;
import org.migratecheck.facts.network.VirtualNetwork;
import org.migratecheck.model.Observed;

/**
 * Compares the portgroups that a guest's cards fall into. libvirt ignores a portgroup that it does
 * not find (virNetworkAllocatePort), so the card loses its VLAN without an error.
 */
final class PortgroupEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    Map<String, VirtualNetwork> source = VirtualNetworksEvaluator.byName(context.source());
    Map<String, VirtualNetwork> there = VirtualNetworksEvaluator.byName(context.destination());
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    for (Nic nic : Nic.of(context.guest())) {
      String name = nic.network().orElse("");
      VirtualNetwork ours = source.get(name);
      VirtualNetwork theirs = there.get(name);
      if (ours == null || theirs == null) {
        continue;
      }
      String wanted = nic.portgroup().orElse("");
      Optional<Xml> here = ours.portgroup(wanted);
      Optional<Xml> over = theirs.portgroup(wanted);
      if (here.isEmpty() && over.isEmpty()) {
        continue;
      }
      String label = here.or(() -> over).orElseThrow().attr("name");
      observed.add(new Observed(name + " " + label, text(here), text(over)));
      compare(name, label, here, over).ifPresent(problems::add);
    }
    if (observed.isEmpty()) {
      return Outcome.skipped("no-portgroup");
    }
    return Outcome.of(problems, observed).with("count", Integer.toString(observed.size()));
  }

  private static Optional<Problem> compare(
      String network, String group, Optional<Xml> here, Optional<Xml> there) {
    if (there.isEmpty()) {
      return Optional.of(
          Problem.of("missing", "network", network, "portgroup", group, "xml", text(here)));
    }
    if (here.isEmpty()) {
      return Optional.of(Problem.of("extra-default", "network", network, "portgroup", group));
    }
    return text(here).equals(text(there))
        ? Optional.empty()
        : Optional.of(
            Problem.of("differs", "network", network, "portgroup", group, "xml", text(here)));
  }

  private static String text(Optional<Xml> group) {
    return group.map(g -> g.canonical().strip()).orElse("");
  }
}
