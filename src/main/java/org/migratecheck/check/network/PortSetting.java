package org.migratecheck.check.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.migratecheck.check.Problem;

/**
 * A setting of a bridge's port that decides which frames pass it (kernel,
 * net/bridge/br_sysfs_if.c), and what bridge(8) calls it.
 */
enum PortSetting {
  /** Isolated ports do not talk to each other, and a guest's port may be one. */
  ISOLATED("isolated", "isolated", false),
  UNICAST_FLOOD("unicast_flood", "flood", false),
  MULTICAST_FLOOD("multicast_flood", "mcast_flood", false),
  BROADCAST_FLOOD("broadcast_flood", "bcast_flood", false),
  NEIGHBOUR_SUPPRESSION("neigh_suppress", "neigh_suppress", false),
  PROXY_ARP("proxyarp", "proxy_arp", false),
  /** Without it every frame goes to every port: slower, but it arrives. */
  LEARNING("learning", "learning", true),
  HAIRPIN("hairpin_mode", "hairpin", true);

  private final String file;
  private final String option;
  private final boolean advisory;

  PortSetting(String file, String option, boolean advisory) {
    this.file = file;
    this.option = option;
    this.advisory = advisory;
  }

  /** Returns the settings that the uplinks of a bridge have on one host and not on the other. */
  static List<Problem> compare(String bridge, List<Uplink> ours, List<Uplink> theirs) {
    List<Problem> problems = new ArrayList<>();
    for (PortSetting setting : values()) {
      Set<String> wanted = setting.of(ours);
      if (wanted.size() != 1) {
        continue; // not known, or not one for all
      }
      String value = wanted.iterator().next();
      for (Uplink uplink : theirs) {
        for (String actual : setting.of(List.of(uplink))) {
          if (!actual.equals(value)) {
            problems.add(setting.differs(bridge, uplink, value, actual));
          }
        }
      }
    }
    return problems;
  }

  private Set<String> of(List<Uplink> uplinks) {
    Set<String> found = new TreeSet<>();
    for (Uplink uplink : uplinks) {
      String value = uplink.port().portSettings().get(file);
      if (value != null) {
        found.add(value.equals("0") ? "off" : "on");
      }
    }
    return found;
  }

  private Problem differs(String bridge, Uplink uplink, String wanted, String actual) {
    Problem problem =
        Problem.of(
            "port-setting",
            "bridge",
            bridge,
            "uplink",
            uplink.port().name(),
            "setting",
            file,
            "option",
            option,
            "source-value",
            wanted,
            "destination-value",
            actual);
    return advisory ? problem.asWarning() : problem;
  }
}
