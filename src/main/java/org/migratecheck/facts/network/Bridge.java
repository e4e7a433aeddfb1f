package org.migratecheck.facts.network;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.migratecheck.facts.Fact;

/**
 * A Linux bridge.
 *
 * @param name its name
 * @param settings the settings in {@code /sys/class/net/NAME/bridge} by their names there, such as
 *     {@code stp_state}; only those that this kernel has. Times are hundredths of a second
 * @param ports the names of its ports
 */
public record Bridge(String name, SortedMap<String, String> settings, List<String> ports) {

  /** All Linux bridges of the host, sorted by name. */
  public static final Fact<List<Bridge>> FACT = Fact.host("bridges", "network", SysLinks::bridges);

  /** Copies the collections. */
  public Bridge {
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    ports = List.copyOf(ports);
  }

  /** Returns whether it takes part in the spanning tree protocol. */
  public boolean stp() {
    return !settings.getOrDefault("stp_state", "0").equals("0");
  }

  /** Returns whether it tells VLANs apart. */
  public boolean vlanFiltering() {
    return settings.getOrDefault("vlan_filtering", "0").equals("1");
  }
}
