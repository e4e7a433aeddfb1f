package org.migratecheck.lab;

import static org.migratecheck.lab.Lab.A;
import static org.migratecheck.lab.Lab.B;
import static org.migratecheck.lab.Outcome.hangs;
import static org.migratecheck.lab.Outcome.notLookedAt;
import static org.migratecheck.lab.Outcome.refused;
import static org.migratecheck.lab.Requirement.PORTS;

import java.util.List;

/** The way from source to destination is not open: names, SSH, libvirt, the migration ports. */
final class PortFaults {
  private static final String RANGE = "49152-49215";

  private PortFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.of("libvirtd-down", PORTS, B, "systemctl stop libvirtd")
            .found("libvirt-answers")
            .really(refused("cannot connect to '/var/run/libvirt/libvirt-sock'")),
        Fault.of("ssh-no-key", PORTS, B, "sed -i '/root@hostA/d' /root/.ssh/authorized_keys")
            .found("libvirt-reachable-from-source")
            .really(refused("Permission denied")),
        Fault.of("ssh-unknown-host-key", PORTS, A, "sed -i /^hostB/d /root/.ssh/known_hosts")
            .found("libvirt-reachable-from-source")
            .really(refused("Host key verification failed")),
        Fault.of("ssh-name-unknown", PORTS, A, "sed -i s/hostB$/other/ /etc/hosts")
            .found("libvirt-reachable-from-source")
            .really(refused("Could not resolve hostname")),
        Fault.of("ssh-dropped", PORTS, B, table("input", "ip saddr 10.77.0.11 tcp dport 22 drop"))
            .found("libvirt-reachable-from-source")
            .really(hangs()),
        Fault.of(
                "hostname-is-localhost",
                PORTS,
                B,
                "hostname localhost.localdomain; hostname >/etc/hostname")
            .found("hostname-not-localhost")
            .really(refused("hostname on destination resolved to localhost")),
        Fault.of("hostname-unresolvable", PORTS, B, "hostname nowhere.lab; hostname >/etc/hostname")
            .found("destination-name-resolves", "migration-address")
            .really(refused("Unable to resolve address 'nowhere.lab'")),
        Fault.of(
                "hostname-is-loopback",
                PORTS,
                A,
                "sed -i 's/^10.77.0.12 .*/10.77.0.12 hostB\\n127.0.1.1 hostB.lab/' /etc/hosts")
            .found("destination-name-resolves", "migration-address")
            .really(
                refused("unable to connect to server at 'hostB.lab:49152': Connection refused")),
        Fault.of("range-dropped", PORTS, B, table("input", "tcp dport " + RANGE + " drop"))
            .found("migration-ports")
            .really(hangs()),
        Fault.of(
                "range-reset",
                PORTS,
                B,
                table("input", "tcp dport " + RANGE + " reject with tcp reset"))
            .found("migration-ports")
            .really(refused("Connection refused")),
        Fault.of("range-rejected", PORTS, B, table("input", "tcp dport " + RANGE + " reject"))
            .found("migration-ports")
            .really(refused("Connection refused")),
        Fault.of("range-partly-blocked", PORTS, B, table("input", "tcp dport 49170-49215 drop"))
            .found("migration-ports")
            .really(notLookedAt()),
        Fault.of(
                "range-not-in-allow-list",
                PORTS,
                B,
                "nft 'table inet guard { chain input { type filter hook input priority 0; policy drop;"
                    + " iif lo accept; ct state established,related accept; icmp type echo-request accept;"
                    + " tcp dport { 22, 16509, 16514 } accept; }; }'")
            .found("migration-ports")
            .really(hangs()),
        Fault.of(
                "range-blocked-on-source",
                PORTS,
                A,
                table("output", "tcp dport " + RANGE + " reject with tcp reset"))
            .found("migration-ports")
            .really(refused("Connection refused")),
        Fault.of(
                "range-dropped-by-iptables",
                PORTS,
                B,
                "iptables -w -A INPUT -p tcp --dport 49152:49215 -j DROP")
            .found("migration-ports")
            .really(hangs()));
  }

  private static String table(String hook, String rule) {
    return "nft 'add table inet lab; add chain inet lab c { type filter hook %s priority 0; policy accept; }; add rule inet lab c %s'"
        .formatted(hook, rule);
  }
}
