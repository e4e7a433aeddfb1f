package org.migratecheck.lab;

import static org.migratecheck.lab.Lab.B;
import static org.migratecheck.lab.Outcome.damages;
import static org.migratecheck.lab.Outcome.notLookedAt;
import static org.migratecheck.lab.Outcome.refused;
import static org.migratecheck.lab.Requirement.NETWORK;

import java.util.List;

/** The network is not the same on both hosts; the guests' bridge is br1. */
final class NetworkFaults {
  private static final String[] ON_BR1 = {"--bridge", "br1"};
  private static final String[] ON_NETWORK = {"--network", "guests"};

  /** The address of a guest on br1. */
  private static final String GUEST = "10.78.0.50";

  private static final Outcome CUT_OFF = damages("the guest is cut off", lab -> lab.dead(GUEST));

  private NetworkFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.of("bridge-missing", NETWORK, B, "ip link del br1")
            .guest(ON_BR1)
            .found("bridge-exists", "interface-kind")
            .really(refused("Cannot get interface MTU on 'br1': No such device")),
        Fault.of("bridge-missing-unused", NETWORK, B, "ip link del br1")
            .found("bridges")
            .really(notLookedAt()),
        Fault.of("bridge-mtu", NETWORK, B, "ip link set eth1 mtu 1400; ip link set br1 mtu 1400")
            .guest(ON_BR1)
            .found("bridges", "guest-mtu")
            .really(
                damages(
                    "full frames are lost",
                    lab -> !lab.dead(GUEST) && lab.dead(GUEST, "-M", "do", "-s", "1440"))),
        Fault.of("bridge-no-uplink", NETWORK, B, "ip link set eth1 nomaster")
            .guest(ON_BR1)
            .found("bridge-uplinks")
            .really(CUT_OFF),
        Fault.of("bridge-uplink-down", NETWORK, B, "ip link set eth1 down")
            .guest(ON_BR1)
            .found("bridge-uplinks")
            .really(CUT_OFF),
        Fault.of("uplink-keeps-broadcasts", NETWORK, B, "bridge link set dev eth1 bcast_flood off")
            .guest(ON_BR1)
            .found("bridge-uplinks")
            .really(notLookedAt()),
        Fault.of(
                "bridge-is-no-bridge",
                NETWORK,
                B,
                "ip link del br1; ip link add br1 type veth peer name br1-peer; ip link set br1 up")
            .guest(ON_BR1)
            .found("bridge-exists", "interface-kind")
            .really(refused("Operation not supported")),
        Fault.of(
                "bridge-stp-delay",
                NETWORK,
                B,
                "ip link set br1 type bridge stp_state 1 forward_delay 1500")
            .guest(ON_BR1)
            .found("bridges", "bridge-delay")
            .really(
                damages(
                    "the guest's port is not forwarding",
                    lab ->
                        lab.on(
                                B,
                                "bridge link show | grep vnet | grep -Eq 'state (listening|learning)'")
                            .ok())),
        Fault.of(
                "network-missing",
                NETWORK,
                B,
                "virsh net-destroy guests; virsh net-undefine guests")
            .onBoth(network("br1"))
            .guest(ON_NETWORK)
            .found("network-exists", "libvirt-networks")
            .really(refused("no network with matching name 'guests'")),
        Fault.of("network-inactive", NETWORK, B, "virsh net-destroy guests")
            .onBoth(network("br1"))
            .guest(ON_NETWORK)
            .found("network-exists", "libvirt-networks")
            .really(refused("network 'guests' is not active")),
        Fault.of(
                "network-other-bridge",
                NETWORK,
                B,
                "virsh net-destroy guests; virsh net-undefine guests; " + network("br0"))
            .onBoth(network("br1"))
            .guest(ON_NETWORK)
            .found("libvirt-networks")
            .really(CUT_OFF),
        Fault.of("network-no-autostart", NETWORK, B, "virsh net-autostart --disable guests")
            .onBoth(network("br1"))
            .guest(ON_NETWORK)
            .found("libvirt-networks")
            .really(notLookedAt()),
        Fault.of(
                "network-missing-unused",
                NETWORK,
                B,
                "virsh net-destroy guests; virsh net-undefine guests")
            .onBoth(network("br1"))
            .found("libvirt-networks")
            .really(notLookedAt()));
  }

  /** Shell text that makes the network "guests" on a bridge, active and started at boot. */
  private static String network(String bridge) {
    return "printf '%%s' \"<network><name>guests</name><uuid>4c4c4544-2000-4000-8000-000000000001</uuid><forward mode='bridge'/><bridge name='%s'/></network>\" >/run/net.xml"
            .formatted(bridge)
        + " && virsh -q net-define /run/net.xml && virsh -q net-start guests && virsh -q net-autostart guests";
  }
}
