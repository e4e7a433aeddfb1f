package org.migratecheck.lab;

import static org.migratecheck.lab.Outcome.damages;
import static org.migratecheck.lab.Outcome.notLookedAt;
import static org.migratecheck.lab.Outcome.refused;
import static org.migratecheck.lab.Requirement.NETWORK;

import java.util.List;

/** What goes wrong with a guests' bridge on a VLAN on a bond. */
final class VlanFaults {
  /** The guest's address, as the storage server sees it on the VLAN. */
  private static final String GUEST = "10.79.100.50";

  private VlanFaults() {}

  /** Faults of the bridge, the VLAN and the bond below it. */
  static List<Fault> all(UmlLab uml) {
    Outcome cutOff = damages("the guest is cut off", lab -> dead(uml, ""));
    return List.of(
        Fault.of(
                "bond-no-carrier",
                NETWORK,
                lab -> {
                  uml.cable(2, "down");
                  uml.cable(3, "down");
                  uml.there(
                      "timeout 5 sh -c 'until [ $(cat /sys/class/net/bond0/carrier) = 0 ]; do sleep 0.1; done'");
                })
            .found("bridge-uplinks")
            .really(cutOff)
            .mendedBy(
                lab -> {
                  uml.cable(2, "up");
                  uml.cable(3, "up");
                  uml.there(
                      "timeout 5 sh -c 'until [ $(cat /sys/class/net/bond0/carrier) = 1 ]; do sleep 0.1; done'");
                }),
        Fault.of(
                "bond-member-lost",
                NETWORK,
                lab -> {
                  uml.cable(3, "down");
                  uml.there(
                      "timeout 5 sh -c 'until grep -q \"MII Status: down\" /proc/net/bonding/bond0; do sleep 0.1; done'");
                })
            .found("bonds")
            .warned()
            .really(notLookedAt())
            .mendedBy(
                lab -> {
                  uml.cable(3, "up");
                  uml.there(
                      "timeout 5 sh -c 'while grep -q \"MII Status: down\" /proc/net/bonding/bond0; do sleep 0.1; done'");
                }),
        there(
                uml,
                "vlan-other-id",
                "ip link del bond0.100; ip link add link bond0 name bond0.200 type vlan id 200; "
                    + "ip link set bond0.200 master br100; ip link set bond0.200 up")
            .found("bridge-uplinks")
            .really(cutOff),
        there(uml, "vlan-bridge-missing", "ip link set bond0.100 nomaster; ip link del br100")
            .found("bridge-exists", "bridges")
            .really(refused("Cannot get interface MTU on 'br100': No such device")),
        there(uml, "vlan-not-in-bridge", "ip link set bond0.100 nomaster")
            .found("bridge-uplinks")
            .really(cutOff),
        there(uml, "vlan-mtu-lower", "ip link set bond0.100 mtu 1400; ip link set br100 mtu 1400")
            .found("bridges", "bridge-uplinks")
            .really(
                damages(
                    "full frames are lost", lab -> !dead(uml, "") && dead(uml, "-M do -s 1440"))));
  }

  /** Returns whether none of five pings reaches the guest. */
  private static boolean dead(UmlLab uml, String options) {
    return uml.lab().look(UmlLab.SAN, "ping -q -c 5 -i 0.5 -w 5 " + options + " " + GUEST).exit()
        == 1;
  }

  private static Fault there(UmlLab uml, String id, String shell) {
    return Fault.of(id, NETWORK, lab -> uml.there(shell));
  }
}
