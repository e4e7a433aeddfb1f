package org.migratecheck.check.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.network.Link;
import org.migratecheck.facts.network.Ovs;
import org.migratecheck.model.Observed;

/** Compares the Open vSwitch bridges of two hosts by name. */
final class OvsBridgesEvaluator implements Evaluator {
  private static final Set<String> TUNNELS =
      Set.of("vxlan", "geneve", "gre", "ip6gre", "erspan", "stt", "lisp", "dpdk");
  private static final Set<String> ADVISORY = Set.of("bond_mode", "lacp");

  @Override
  public Outcome evaluate(CheckContext context) {
    Ovs source = context.source(Ovs.FACT);
    Ovs destination = context.destination(Ovs.FACT);
    if (source.bridges().isEmpty() && destination.bridges().isEmpty()) {
      return Outcome.skipped("no-ovs");
    }
    answered(context.source(), source);
    answered(context.destination(), destination);
    GuestUse use = new GuestUse(context.source());
    Set<String> names = new TreeSet<>();
    source.bridges().forEach(b -> names.add(b.name()));
    destination.bridges().forEach(b -> names.add(b.name()));
    HostNetwork here = new HostNetwork(context.source());
    HostNetwork there = new HostNetwork(context.destination());
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    for (String name : names) {
      Optional<Ovs.OvsBridge> ours = source.bridge(name);
      Optional<Ovs.OvsBridge> theirs = destination.bridge(name);
      observed.add(new Observed(name, describe(here, ours), describe(there, theirs)));
      List<Problem> found =
          ours.isPresent() && theirs.isPresent()
              ? compare(here, there, ours.get(), theirs.get())
              : List.of(
                  ours.isPresent()
                      ? missing(Side.DESTINATION, "only-on-source", here, there, ours.get())
                      : missing(
                          Side.SOURCE, "only-on-destination", there, here, theirs.orElseThrow()));
      boolean used = !use.onBridge(name).isEmpty();
      found.forEach(p -> problems.add(GuestUse.weigh(context, used, p)));
    }
    return Outcome.of(problems, observed).with("count", Integer.toString(names.size()));
  }

  private static void answered(HostFacts host, Ovs ovs) {
    ovs.failure()
        .ifPresent(
            said -> {
              throw new Undetermined(
                  host.name() + ": Open vSwitch does not answer: " + said,
                  "Start the service openvswitch on " + host.name() + ".");
            });
  }

  private static Problem missing(
      Side side, String kind, HostNetwork model, HostNetwork target, Ovs.OvsBridge bridge) {
    TreeMap<String, String> values = new TreeMap<>();
    values.put("bridge", bridge.name());
    values.put("datapath", bridge.settings().getOrDefault("datapath_type", "system"));
    values.put("fail-mode", bridge.settings().getOrDefault("fail_mode", "[]"));
    values.put("stp", bridge.settings().getOrDefault("stp_enable", "false"));
    values.put("rstp", bridge.settings().getOrDefault("rstp_enable", "false"));
    values.put("snooping", bridge.settings().getOrDefault("mcast_snooping_enable", "false"));
    List<Ovs.Port> uplinks = uplinks(model, bridge);
    values.put("uplinks", names(uplinks));
    boolean attach =
        uplinks.size() == 1
            && uplinks.get(0).settings().isEmpty()
            && target.isFree(uplinks.get(0).name());
    values.put("uplink", attach ? uplinks.get(0).name() : "");
    return new Problem(attach ? kind + "-uplink" : kind, side, values, false);
  }

  private static List<Problem> compare(
      HostNetwork source, HostNetwork destination, Ovs.OvsBridge ours, Ovs.OvsBridge theirs) {
    String bridge = ours.name();
    List<Problem> problems = new ArrayList<>();
    settings(ours.settings(), theirs.settings())
        .forEach(
            (setting, values) ->
                problems.add(
                    problem(
                        setting.equals("controller") ? "controller" : "differs",
                        bridge,
                        bridge,
                        setting,
                        values)));
    List<Ovs.Port> here = uplinks(source, ours);
    List<Ovs.Port> there = uplinks(destination, theirs);
    if (!here.isEmpty() && there.isEmpty()) {
      boolean free =
          here.size() == 1
              && here.get(0).settings().isEmpty()
              && destination.isFree(here.get(0).name());
      problems.add(
          Problem.of(
              free ? "no-uplink-free" : "no-uplink",
              "bridge",
              bridge,
              "uplink",
              here.get(0).name()));
    } else if (here.isEmpty() && !there.isEmpty()) {
      problems.add(
          Problem.on(Side.SOURCE, "extra-uplink", "bridge", bridge, "uplink", names(there)));
    } else if (!there.isEmpty()) {
      ports(bridge, here, there, problems);
    }
    fakes(ours, theirs, problems);
    return problems;
  }

  private static void ports(
      String bridge, List<Ovs.Port> here, List<Ovs.Port> there, List<Problem> problems) {
    if (there.stream().noneMatch(OvsBridgesEvaluator::works)) {
      Problem problem = Problem.of("no-carrier", "bridge", bridge, "uplink", there.get(0).name());
      problems.add(
          here.stream().noneMatch(OvsBridgesEvaluator::works) ? problem.asWarning() : problem);
    }
    if (here.size() == 1 && there.size() == 1) {
      String port = there.get(0).name();
      settings(here.get(0).settings(), there.get(0).settings())
          .forEach(
              (setting, values) -> {
                Problem p = problem("port-differs", bridge, port, setting, values);
                problems.add(ADVISORY.contains(setting) ? p.asWarning() : p);
              });
    } else if (!shapes(here).equals(shapes(there))) {
      problems.add(
          Problem.of(
              "uplinks-differ",
              "bridge",
              bridge,
              "source-value",
              names(here),
              "destination-value",
              names(there)));
    }
  }

  private static List<String> shapes(List<Ovs.Port> ports) {
    return ports.stream().map(p -> p.settings().toString()).sorted().toList();
  }

  private static void fakes(Ovs.OvsBridge ours, Ovs.OvsBridge theirs, List<Problem> problems) {
    Map<String, String> there = fakes(theirs);
    fakes(ours)
        .forEach(
            (name, tag) -> {
              if (!tag.equals(there.get(name))) {
                problems.add(
                    Problem.of(
                        there.containsKey(name) ? "fake-differs" : "fake-missing",
                        "bridge",
                        ours.name(),
                        "port",
                        name,
                        "value",
                        tag));
              }
            });
  }

  private static Map<String, String> fakes(Ovs.OvsBridge bridge) {
    Map<String, String> fakes = new TreeMap<>();
    bridge.ports().stream()
        .filter(Ovs.Port::fakeBridge)
        .forEach(p -> fakes.put(p.name(), p.settings().getOrDefault("tag", "0")));
    return fakes;
  }

  /** Kinds end in {@code -unset} where the source has no value. */
  private static Problem problem(
      String kind, String bridge, String port, String setting, String[] values) {
    return Problem.of(
        values[0].isEmpty() ? kind + "-unset" : kind,
        "bridge",
        bridge,
        "port",
        port,
        "setting",
        setting,
        "source-value",
        values[0].isEmpty() ? "nothing" : values[0],
        "destination-value",
        values[1].isEmpty() ? "nothing" : values[1],
        "assignment",
        setting + "=" + values[0]);
  }

  private static SortedMap<String, String[]> settings(
      SortedMap<String, String> ours, SortedMap<String, String> theirs) {
    Set<String> names = new TreeSet<>(ours.keySet());
    names.addAll(theirs.keySet());
    SortedMap<String, String[]> result = new TreeMap<>();
    for (String name : names) {
      String a = plain(name, ours.getOrDefault(name, ""));
      String b = plain(name, theirs.getOrDefault(name, ""));
      if (!a.equals(b)) {
        result.put(name, new String[] {a, b});
      }
    }
    return result;
  }

  /** The kernel's datapath has two names, one of them empty (ovs-vswitchd.conf.db(5)). */
  private static String plain(String setting, String value) {
    return setting.equals("datapath_type") && value.equals("system") ? "" : value;
  }

  /** Ports that lead out: links of the host that are no guest's and no internal ones, tunnels. */
  static List<Ovs.Port> uplinks(HostNetwork host, Ovs.OvsBridge bridge) {
    return bridge.ports().stream()
        .filter(
            p ->
                !p.interfaces().isEmpty()
                    && p.interfaces().stream().allMatch(i -> leadsOut(host, i)))
        .toList();
  }

  private static boolean leadsOut(HostNetwork host, Ovs.OvsInterface link) {
    if (link.guest()) {
      return false;
    }
    return link.type().equals("system")
        ? !host.link(link.name()).map(Link::staysInside).orElse(false)
        : TUNNELS.contains(link.type());
  }

  private static boolean works(Ovs.Port port) {
    return port.interfaces().stream().anyMatch(Ovs.OvsInterface::up);
  }

  private static String names(List<Ovs.Port> ports) {
    return ports.isEmpty()
        ? "no uplink"
        : ports.stream().map(Ovs.Port::name).collect(Collectors.joining(", "));
  }

  private static String describe(HostNetwork host, Optional<Ovs.OvsBridge> bridge) {
    return bridge
        .map(
            b ->
                names(uplinks(host, b))
                    + b.settings().entrySet().stream()
                        .filter(e -> !e.getValue().equals("false"))
                        .map(e -> ", " + e.getKey() + " " + e.getValue())
                        .collect(Collectors.joining()))
        .orElse("");
  }
}
