package org.migratecheck.check.network;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.network.Nic;
import org.migratecheck.facts.network.VirtualNetwork;

/** What of a host the cards of a guest are plugged into, by name or through a virtual network. */
final class Plugs {
  private Plugs() {}

  /**
   * Returns the Linux bridges of a host that a guest is on, or will be on; no bridges that libvirt
   * makes itself and none of Open vSwitch.
   *
   * @throws org.migratecheck.facts.Undetermined where the facts do not tell
   */
  static Set<String> bridges(Guest guest, HostFacts host, HostNetwork network) {
    Map<String, VirtualNetwork> networks = VirtualNetworksEvaluator.byName(host);
    Set<String> bridges = new LinkedHashSet<>();
    for (Nic nic : Nic.of(guest)) {
      bridge(nic, networks).filter(b -> network.bridge(b).isPresent()).ifPresent(bridges::add);
    }
    return bridges;
  }

  /** Returns the bridge that a card asks for; empty where libvirt makes it itself. */
  static Optional<String> bridge(Nic nic, Map<String, VirtualNetwork> networks) {
    return nic.bridge()
        .or(
            () ->
                nic.network()
                    .flatMap(n -> Optional.ofNullable(networks.get(n)))
                    .filter(n -> !n.ownsBridge())
                    .flatMap(VirtualNetwork::bridge));
  }
}
