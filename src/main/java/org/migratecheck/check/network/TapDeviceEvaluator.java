package org.migratecheck.check.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.network.NetworkDevices;
import org.migratecheck.facts.network.Nic;
import org.migratecheck.model.Observed;

/** Looks for the device files that a guest's cards need on the destination. */
final class TapDeviceEvaluator implements Evaluator {
  private static final String TUN = "/dev/net/tun";
  private static final String VHOST = "/dev/vhost-net";
  private static final Set<String> TAPPED = Set.of("bridge", "network", "ethernet");

  @Override
  public Outcome evaluate(CheckContext context) {
    List<Nic> nics =
        Nic.of(context.guest()).stream()
            .filter(n -> TAPPED.contains(n.type()) && !n.liveType().equals("hostdev"))
            .toList();
    if (nics.isEmpty()) {
      return Outcome.skipped("no-tap");
    }
    Set<String> ours = context.source(NetworkDevices.FACT);
    Set<String> theirs = context.destination(NetworkDevices.FACT);
    List<Problem> problems = new ArrayList<>();
    if (!theirs.contains(TUN)) {
      problems.add(Problem.of("no-tun"));
    }
    if (!theirs.contains(VHOST)) {
      boolean asked =
          nics.stream()
              .anyMatch(n -> n.xml().attribute("driver", "name").orElse("").equals("vhost"));
      if (asked) {
        problems.add(Problem.of("no-vhost"));
      } else if (ours.contains(VHOST)) {
        problems.add(Problem.of("slower"));
      }
    }
    return Outcome.of(
        problems,
        List.of(
            new Observed(TUN, present(ours, TUN), present(theirs, TUN)),
            new Observed(VHOST, present(ours, VHOST), present(theirs, VHOST))));
  }

  private static String present(Set<String> devices, String device) {
    return devices.contains(device) ? "present" : "";
  }
}
