package org.migratecheck.check.network;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.Tools;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.network.NetworkFilter;
import org.migratecheck.facts.network.Nic;
import org.migratecheck.model.Observed;

/** Looks for the network filters of a guest, and those that they call, on the destination. */
final class FilterExistsEvaluator implements Evaluator {
  private static final Set<String> RARP = Set.of("rarp", "0x8035", "32821");

  /** Protocols of whole frames (formatnwfilter.html); all others are of packets. */
  private static final Set<String> FRAMES =
      Set.of("mac", "vlan", "stp", "arp", "rarp", "ip", "ipv6");

  @Override
  public Outcome evaluate(CheckContext context) {
    Set<String> wanted = new LinkedHashSet<>();
    List<Nic> nics = Nic.of(context.guest()).stream().filter(n -> n.filter().isPresent()).toList();
    if (nics.isEmpty()) {
      return Outcome.skipped("no-filter");
    }
    Map<String, NetworkFilter> source = byName(context.source());
    Map<String, NetworkFilter> destination = byName(context.destination());
    nics.forEach(n -> collect(n.filter().orElseThrow(), source, wanted, new LinkedHashSet<>()));
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    for (String name : wanted) {
      NetworkFilter ours = source.get(name);
      NetworkFilter theirs = destination.get(name);
      observed.add(
          new Observed(name, ours == null ? "" : rules(ours), theirs == null ? "" : rules(theirs)));
      if (theirs == null) {
        problems.add(
            ours == null
                ? Problem.of("missing-unknown", "filter", name)
                : Problem.of("missing", "filter", name, "xml", text(ours, "")));
      } else if (ours != null && !text(ours, "").equals(text(theirs, ""))) {
        problems.add(Problem.of("differs", "filter", name, "xml", text(ours, theirs.uuid())));
      }
    }
    tools(context, wanted, destination, problems);
    if (silences(wanted, destination.isEmpty() ? source : destination)) {
      problems.add(Problem.of("silences", "filter", nics.get(0).filter().orElseThrow()));
    }
    return Outcome.of(problems, observed).with("filters", String.join(", ", wanted));
  }

  /** libvirt writes the rules of each protocol with a command of its own. */
  private static void tools(
      CheckContext context,
      Set<String> names,
      Map<String, NetworkFilter> filters,
      List<Problem> problems) {
    Map<String, String> needed = new TreeMap<>();
    for (String name : names) {
      if (filters.containsKey(name)) {
        filters.get(name).xml().all("rule").forEach(r -> needed.putIfAbsent(tool(r), name));
      }
    }
    Set<String> here = context.source(Tools.FACT);
    Set<String> there = context.destination(Tools.FACT);
    needed.forEach(
        (tool, name) -> {
          if (here.contains(tool) && !there.contains(tool)) {
            problems.add(Problem.of("no-tool", "tool", tool, "filter", name));
          }
        });
  }

  private static String tool(Xml rule) {
    String protocol = rule.children().isEmpty() ? "" : rule.children().get(0).name();
    if (protocol.isEmpty() || FRAMES.contains(protocol)) {
      return "ebtables";
    }
    return protocol.endsWith("ipv6") || protocol.endsWith("icmpv6") ? "ip6tables" : "iptables";
  }

  /**
   * QEMU announces a guest that has arrived by RARP. Returns whether a rule drops whatever no other
   * rule knows, and none knows RARP.
   */
  private static boolean silences(Set<String> names, Map<String, NetworkFilter> filters) {
    boolean drops = false;
    boolean announces = false;
    for (String name : names) {
      NetworkFilter filter = filters.get(name);
      if (filter == null) {
        continue;
      }
      for (Xml rule : filter.xml().all("rule")) {
        boolean rarp =
            rule.first("rarp").isPresent()
                || rule.attribute("mac", "protocolid").filter(RARP::contains).isPresent();
        boolean everything =
            rule.children().isEmpty()
                || rule.first("mac").filter(x -> x.attributes().isEmpty()).isPresent()
                || rule.first("all").filter(x -> x.attributes().isEmpty()).isPresent();
        announces |= rarp && rule.attr("action").equals("accept");
        drops |=
            everything
                && rule.attr("action").equals("drop")
                && !rule.attr("direction").equals("in");
      }
    }
    return drops && !announces;
  }

  private static Map<String, NetworkFilter> byName(HostFacts host) {
    Map<String, NetworkFilter> filters = new TreeMap<>();
    host.get(NetworkFilter.FACT).forEach(f -> filters.put(f.name(), f));
    return filters;
  }

  /** Adds a filter after those that it calls, so that they can be defined in this order. */
  private static void collect(
      String name, Map<String, NetworkFilter> filters, Set<String> found, Set<String> path) {
    if (!path.add(name)) {
      return;
    }
    NetworkFilter filter = filters.get(name);
    if (filter != null) {
      for (Xml call : filter.xml().all("filterref")) {
        collect(call.attr("filter"), filters, found, path);
      }
    }
    found.add(name);
  }

  private static String rules(NetworkFilter filter) {
    return filter.xml().all("rule").size() + " rules";
  }

  private static String text(NetworkFilter filter, String uuid) {
    Xml xml = filter.xml();
    List<Xml> children = new ArrayList<>();
    if (!uuid.isEmpty()) {
      children.add(new Xml("uuid", Map.of(), List.of(), uuid));
    }
    xml.children().stream().filter(c -> !c.name().equals("uuid")).forEach(children::add);
    return new Xml(xml.name(), xml.attributes(), children, "").canonical().strip();
  }
}
