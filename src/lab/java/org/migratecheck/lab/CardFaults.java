package org.migratecheck.lab;

import static org.migratecheck.lab.Lab.A;
import static org.migratecheck.lab.Lab.B;
import static org.migratecheck.lab.Outcome.notLookedAt;
import static org.migratecheck.lab.Outcome.refused;
import static org.migratecheck.lab.Requirement.NETWORK;

import java.util.List;

/** What a single network card of the guest asks for is not there on the destination. */
final class CardFaults {
  private static final String ON_BR0 = "<interface type='bridge'><source bridge='br0'/>";
  private static final String MODEL = "<model type='virtio'/></interface>";
  private static final String FILTERED =
      instead(MODEL, "<model type='virtio'/><filterref filter='lab'/></interface>");
  private static final String TWIN = "s|52:54:00:4c:00:[0-9a-f]*|52:54:00:4c:00:32|";

  private CardFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.of("card-script-missing", NETWORK, lab -> {})
            .prepare(
                lab ->
                    lab.must(
                        A,
                        "printf '#!/bin/sh\\n"
                            + "ip link set $1 master br0 up\\n"
                            + "' >/etc/qemu-up && chmod +x /etc/qemu-up"))
            .guest(
                "--sed",
                instead(ON_BR0, "<interface type='ethernet'><script path='/etc/qemu-up'/>"))
            .found("card-needs")
            .really(refused("cannot execute binary /etc/qemu-up")),
        Fault.of("card-tap-missing", NETWORK, lab -> {})
            .prepare(
                lab ->
                    lab.must(A, "ip tuntap add mytap mode tap && ip link set mytap master br0 up"))
            .guest(
                "--sed",
                instead(ON_BR0, "<interface type='ethernet'><target dev='mytap' managed='no'/>"))
            .found("tap-name")
            .really(refused("target managed='no' but specified dev doesn't exist")),
        Fault.of("card-address-missing", NETWORK, B, "ip addr del 10.79.0.1/32 dev lo")
            .onBoth("ip addr add 10.79.0.1/32 dev lo")
            .guest(
                "--sed",
                instead(
                    ON_BR0,
                    "<interface type='udp'><source address='10.77.0.1' port='5558'>"
                        + "<local address='10.79.0.1' port='5557'/></source>"))
            .found("card-needs")
            .really(refused("can't bind ip=10.79.0.1 to socket"))
            .mendedBy(lab -> lab.must(B, "ip addr add 10.79.0.1/32 dev lo")),
        Fault.of("card-tap-name-taken", NETWORK, B, "ip tuntap add tap7 mode tap")
            .guest(
                "--sed", instead(MODEL, "<model type='virtio'/><target dev='tap7'/></interface>"))
            .found("tap-name")
            .really(refused("tap7")),
        Fault.of("filter-missing", NETWORK, B, "virsh -q nwfilter-undefine lab")
            .onBoth(filter("lab", "<rule action='accept' direction='inout'><all/></rule>"))
            .guest("--sed", FILTERED)
            .found("nwfilter-exists")
            .really(refused("referenced filter 'lab' is missing")),
        Fault.of(
                "filter-command-missing",
                NETWORK,
                B,
                "mv /usr/sbin/iptables /usr/sbin/iptables.away")
            .onBoth(filter("lab", "<rule action='accept' direction='inout'><all/></rule>"))
            .guest("--sed", FILTERED)
            .found("nwfilter-exists")
            .really(refused("iptables"))
            .mendedBy(lab -> lab.must(B, "mv /usr/sbin/iptables.away /usr/sbin/iptables")),
        Fault.of("filter-within-missing", NETWORK, lab -> {})
            .prepare(
                lab ->
                    lab.must(
                        A,
                        filter("inner", "<rule action='accept' direction='inout'><all/></rule>")
                            + " && "
                            + filter("lab", "<filterref filter='inner'/>")))
            .guest("--sed", FILTERED)
            .found("nwfilter-exists")
            .really(refused("referenced filter 'lab' is missing")),
        Fault.of(
                "card-address-twice",
                NETWORK,
                lab -> lab.guest(B, "twin", List.of("--no-disk", "--bridge", "br1", "--sed", TWIN)))
            .guest("--bridge", "br1")
            .found("mac-unique")
            .really(notLookedAt())
            .mendedBy(lab -> lab.must(B, "virsh -q destroy twin && virsh -q undefine twin")),
        Fault.of(
                "card-address-twice-elsewhere",
                NETWORK,
                lab -> lab.guest(B, "twin", List.of("--no-disk", "--bridge", "br0", "--sed", TWIN)))
            .guest("--bridge", "br1")
            .found("mac-unique")
            .warned()
            .really(notLookedAt())
            .mendedBy(lab -> lab.must(B, "virsh -q destroy twin && virsh -q undefine twin")),
        Fault.of(
                "network-other-lease",
                NETWORK,
                B,
                nat("<host mac='52:54:00:4c:00:32' ip='192.168.150.20'/>"))
            .onBoth(nat("<host mac='52:54:00:4c:00:32' ip='192.168.150.10'/>"))
            .guest("--network", "guests")
            .found("libvirt-networks")
            .really(notLookedAt()));
  }

  private static String instead(String of, String put) {
    return "s|" + of + "|" + put + "|";
  }

  private static String filter(String name, String inner) {
    return "printf '%%s' \"<filter name='%s' chain='root'>%s</filter>\" >/run/filter.xml"
            .formatted(name, inner)
        + " && virsh -q nwfilter-define /run/filter.xml";
  }

  /** Shell text that makes, or makes anew, the NAT network "guests" with a lease. */
  private static String nat(String lease) {
    return "{ virsh -q net-destroy guests; virsh -q net-undefine guests; true; } 2>/dev/null;"
        + " printf '%s' \"<network><name>guests</name><uuid>4c4c4544-2000-4000-8000-000000000002</uuid><forward mode='nat'/><bridge name='virbr5'/>"
        + "<ip address='192.168.150.1' netmask='255.255.255.0'><dhcp>"
        + "<range start='192.168.150.10' end='192.168.150.99'/>"
        + lease
        + "</dhcp></ip></network>\" >/run/net.xml && virsh -q net-define /run/net.xml"
        + " && virsh -q net-start guests && virsh -q net-autostart guests";
  }
}
