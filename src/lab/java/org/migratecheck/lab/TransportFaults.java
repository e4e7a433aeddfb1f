package org.migratecheck.lab;

import static org.migratecheck.lab.Lab.A;
import static org.migratecheck.lab.Lab.B;
import static org.migratecheck.lab.Outcome.hangs;
import static org.migratecheck.lab.Outcome.refused;
import static org.migratecheck.lab.Requirement.PORTS;

import java.util.List;

/** SSH, TLS, addresses and ports: what carries the migration itself. */
final class TransportFaults {
  private static final String RESTART = "; systemctl restart libvirtd";
  private static final String TLS =
      "this libvirtd instance allows migration only with VIR_MIGRATE_TLS flag";

  private TransportFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.of("tls-forced-on-destination", PORTS, B, conf("migrate_tls_force = 1"))
            .found("migration-tls")
            .really(refused(TLS)),
        Fault.of("tls-forced-on-source", PORTS, A, conf("migrate_tls_force = 1"))
            .found("migration-tls")
            .really(refused(TLS)),
        Fault.of(
                "tls-without-certificates",
                PORTS,
                lab -> {
                  lab.must(A, conf("migrate_tls_force = 1"));
                  lab.must(B, conf("migrate_tls_force = 1"));
                })
            .found("migration-tls")
            .really(refused(TLS))
            .mendedBy(
                lab -> {
                  lab.must(A, "sed -i /migrate_tls_force/d /etc/libvirt/qemu.conf" + RESTART);
                  lab.must(B, "sed -i /migrate_tls_force/d /etc/libvirt/qemu.conf" + RESTART);
                }),
        Fault.of(
                "ports-all-taken",
                PORTS,
                B,
                """
                cat >/run/take.py <<'P'
                import socket, time
                taken = [socket.socket() for port in range(64)]
                for i, s in enumerate(taken):
                    s.bind(("0.0.0.0", 49152 + i))
                    s.listen(1)
                time.sleep(600)
                P
                setsid python3 /run/take.py >/dev/null 2>&1 </dev/null &
                timeout 20 sh -c 'until grep -q ":C03F " /proc/net/tcp; do sleep 0.1; done' # 49215
                """)
            .found("migration-ports-free")
            .really(refused("Unable to find an unused port in range 'migration'")),
        Fault.of("migration-address-foreign", PORTS, B, conf("migration_address = \"10.77.0.99\""))
            .found("migration-address")
            .really(refused("Cannot assign requested address")),
        Fault.of("migration-host-foreign", PORTS, B, conf("migration_host = \"10.77.0.99\""))
            .found("destination-name-resolves")
            .really(refused("unable to connect to server at '10.77.0.99:49152'")),
        Fault.of("name-only-ipv6", PORTS, A, announced("fe80::1234"))
            .found("destination-name-resolves")
            .really(refused("unable to connect to server at 'hostB.lab:49152'")),
        Fault.of("name-of-another", PORTS, A, announced("10.77.0.19"))
            .found("destination-name-resolves")
            .really(refused("unable to connect to server at 'hostB.lab:49152'")),
        Fault.of(
                "range-not-in-force",
                PORTS,
                B,
                "sleep 2; printf 'migration_port_min = 50000\\n"
                    + "migration_port_max = 50010\\n"
                    + "' >>/etc/libvirt/qemu.conf; iptables -A INPUT -p tcp --dport 49152:49215 -j"
                    + " REJECT --reject-with tcp-reset")
            .found("migration-ports")
            .really(refused("Connection refused")),
        Fault.of(
                "range-moved-behind-filter",
                PORTS,
                B,
                "iptables -A INPUT -p tcp --dport 50000:50010 -j REJECT --reject-with tcp-reset; "
                    + conf("migration_port_min = 50000\\nmigration_port_max = 50010"))
            .found("migration-ports")
            .really(refused("Connection refused")),
        Fault.of(
                "range-of-root",
                PORTS,
                B,
                "sleep 2; " + conf("migration_port_min = 900\\nmigration_port_max = 950"))
            .found("migration-range-valid")
            .really(refused("Permission denied")),
        Fault.of(
                "ssh-key-with-command",
                PORTS,
                B,
                "sed -i '/root@hostA/s/^/command=\"\\/bin\\/true\",restrict /'"
                    + " /root/.ssh/authorized_keys")
            .found("libvirt-reachable-from-source")
            .really(refused("End of file while reading data")),
        Fault.of(
                "ssh-key-from-elsewhere",
                PORTS,
                B,
                "sed -i '/root@hostA/s/^/from=\"10.1.2.3\" /' /root/.ssh/authorized_keys")
            .found("libvirt-reachable-from-source")
            .really(refused("Permission denied")),
        Fault.of(
                "ssh-key-in-agent-only",
                PORTS,
                A,
                "eval $(ssh-agent -a /run/agent) >/dev/null && ssh-add -q /root/.ssh/id_ed25519 && rm"
                    + " /root/.ssh/id_ed25519* && echo 'export SSH_AUTH_SOCK=/run/agent'"
                    + " >>/root/.bashrc")
            .migrateWith("--p2p")
            .found("libvirt-reachable-from-source")
            .really(refused("Permission denied"))
            .mendedBy(
                lab -> { // the printed command has made a key
                  String key = lab.must(A, "cat /root/.ssh/id_ed25519.pub").strip();
                  lab.must(B, "echo '" + key + "' >>/root/.ssh/authorized_keys");
                }),
        Fault.of(
                "ssh-wrong-alias",
                PORTS,
                A,
                "printf 'Host hostB\\n HostName 10.77.0.99\\n' >>/root/.ssh/config")
            .found("ssh-port", "libvirt-reachable-from-source")
            .really(refused("No route to host"))
            .mendedBy(lab -> lab.must(A, "sed -i '/^Host hostB$/,$d' /root/.ssh/config")),
        Fault.of(
                "ssh-no-helper",
                PORTS,
                B,
                "mv /usr/bin/virt-ssh-helper /root/; mkdir /root/nc; mv /usr/bin/nc* /root/nc/")
            .found("libvirt-reachable-from-source")
            .really(refused("nc: not found"))
            .mendedBy(lab -> lab.must(B, "mv /root/virt-ssh-helper /usr/bin/")),
        Fault.of("ssh-shell-talks", PORTS, B, "echo 'echo Welcome to this host' >/root/.bashrc")
            .found("libvirt-reachable-from-source")
            .really(refused("received from server too large"))
            .mendedBy(lab -> lab.must(B, "rm /root/.bashrc")),
        Fault.of("large-frames-lost", PORTS, lab -> {})
            .onBoth("ip link set eth0 mtu 9000 && ip link set br0 mtu 9000")
            .found("path-mtu")
            .really(hangs()),
        Fault.of(
                "data-dropped",
                PORTS,
                B,
                "nft 'table inet lab { chain c { type filter hook input priority 0; tcp dport"
                    + " 49152-49215 meta length > 1400 drop; }; }'")
            .found("path-mtu")
            .really(hangs()));
  }

  private static String conf(String lines) {
    return "printf '" + lines + "\\n' >>/etc/libvirt/qemu.conf" + RESTART;
  }

  /** Lets the source take the destination's announced name for another address. */
  private static String announced(String address) {
    return "sed -i 's/^10.77.0.12 .*/10.77.0.12 hostB\\n" + address + " hostB.lab/' /etc/hosts";
  }
}
