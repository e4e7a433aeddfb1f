package org.migratecheck.facts.network;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.migratecheck.facts.Fact;

/**
 * Open vSwitch on a host.
 *
 * @param installed whether its tools are there
 * @param failure why its database could not be asked, in its own words; empty when it answered
 * @param bridges its bridges, sorted by name
 */
public record Ovs(boolean installed, Optional<String> failure, List<OvsBridge> bridges) {

  /** Open vSwitch. */
  public static final Fact<Ovs> FACT = Fact.host("ovs", "ovs", OvsTables::parse);

  /** Copies the list. */
  public Ovs {
    bridges = List.copyOf(bridges);
  }

  /**
   * A bridge of Open vSwitch.
   *
   * @param name its name
   * @param settings {@code fail_mode}, {@code datapath_type}, {@code stp_enable} ... and {@code
   *     controller}, its controllers' targets
   * @param ports its ports, sorted by name
   */
  public record OvsBridge(String name, SortedMap<String, String> settings, List<Port> ports) {
    /** Copies the collections. */
    public OvsBridge {
      settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
      ports = List.copyOf(ports);
    }
  }

  /**
   * A port of a bridge.
   *
   * @param name its name
   * @param fakeBridge whether it stands for a VLAN of the bridge that is used like a bridge
   * @param settings {@code tag}, {@code trunks}, {@code vlan_mode}, {@code bond_mode}, {@code
   *     lacp}; empty values are left out
   * @param interfaces its links; several for a bond
   */
  public record Port(
      String name,
      boolean fakeBridge,
      SortedMap<String, String> settings,
      List<OvsInterface> interfaces) {
    /** Copies the collections. */
    public Port {
      settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
      interfaces = List.copyOf(interfaces);
    }
  }

  /**
   * A link in a port.
   *
   * @param name its name
   * @param type {@code system} (a link of the kernel), {@code internal}, {@code patch}, {@code
   *     vxlan}
   * @param up whether Open vSwitch sees its cable work
   * @param guest whether it was plugged in for a guest, by what its creator noted on it
   * @param options such as {@code remote_ip} or {@code peer}
   */
  public record OvsInterface(
      String name, String type, boolean up, boolean guest, SortedMap<String, String> options) {
    /** Copies the map. */
    public OvsInterface {
      options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    }
  }

  /** Returns the bridge of that name. */
  public Optional<OvsBridge> bridge(String name) {
    return bridges.stream().filter(b -> b.name().equals(name)).findFirst();
  }

  /** Returns whether {@code name} can be used as a bridge: a bridge or a fake one. */
  public boolean bridges(String name) {
    return bridge(name).isPresent()
        || bridges.stream()
            .flatMap(b -> b.ports().stream())
            .anyMatch(p -> p.fakeBridge() && p.name().equals(name));
  }
}
