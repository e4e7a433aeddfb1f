package org.migratecheck.check.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.network.Link;
import org.migratecheck.facts.network.Nic;
import org.migratecheck.model.Observed;

/** Looks for the links of the host that a guest's macvtap cards name, on the destination. */
final class DirectDeviceEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    List<String> wanted =
        Nic.of(context.guest()).stream().flatMap(n -> n.device().stream()).distinct().toList();
    if (wanted.isEmpty()) {
      return Outcome.skipped("no-direct");
    }
    HostNetwork source = new HostNetwork(context.source());
    HostNetwork destination = new HostNetwork(context.destination());
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    for (String device : wanted) {
      observed.add(new Observed(device, describe(source, device), describe(destination, device)));
      compare(source, destination, device).ifPresent(problems::add);
    }
    return Outcome.of(problems, observed).with("devices", String.join(", ", wanted));
  }

  private static Optional<Problem> compare(
      HostNetwork source, HostNetwork destination, String device) {
    Optional<Uplink> ours = source.link(device).map(source::follow);
    Optional<Link> link = destination.link(device);
    if (link.isEmpty()) {
      return Optional.of(missing(source, destination, device, ours));
    }
    Uplink theirs = destination.follow(link.get());
    if (ours.isPresent() && !ours.get().vlan().equals(theirs.vlan())) {
      return Optional.of(
          Problem.of(
              "vlan-differs",
              "device",
              device,
              "source-value",
              ours.get().vlan(),
              "destination-value",
              theirs.vlan()));
    }
    if (theirs.switchedOff().isPresent()) {
      return Optional.of(Problem.of("switched-off", "device", theirs.switchedOff().get().name()));
    }
    if (!theirs.works()) {
      Problem problem = Problem.of("no-carrier", "device", device);
      boolean sameToday = ours.isPresent() && !ours.get().works();
      return Optional.of(sameToday ? problem.asWarning() : problem);
    }
    return Optional.empty();
  }

  private static Problem missing(
      HostNetwork source, HostNetwork destination, String device, Optional<Uplink> ours) {
    TreeMap<String, String> values = new TreeMap<>();
    values.put("device", device);
    boolean vlan =
        ours.isPresent()
            && ours.get().tags().size() == 1
            && destination.link(ours.get().base().name()).isPresent()
            && new BridgeMaker(source, destination, Side.DESTINATION)
                .vlan(ours.get(), ours.get().base().name(), values)
            && device.equals(values.get("uplink"));
    return new Problem(vlan ? "missing-vlan" : "missing", Side.DESTINATION, values, false);
  }

  private static String describe(HostNetwork host, String device) {
    return host.link(device).map(l -> host.follow(l).describe()).orElse("");
  }
}
