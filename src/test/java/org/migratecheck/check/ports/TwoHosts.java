package org.migratecheck.check.ports;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.migratecheck.check.Catalogue;
import org.migratecheck.check.CatalogueException;
import org.migratecheck.check.Direction;
import org.migratecheck.check.Judge;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.LinkFacts;
import org.migratecheck.model.ClockOffset;
import org.migratecheck.model.Finding;
import org.migratecheck.model.HostEvidence;
import org.migratecheck.model.HostIdentity;
import org.migratecheck.model.LinkEvidence;
import org.migratecheck.model.Policy;
import org.migratecheck.model.ProbeOutput;
import org.migratecheck.testing.Examples;
import org.migratecheck.testing.Reports;

/**
 * The evidence of two sound hosts, as the lab's hosts gave it, to be broken by tests. The findings
 * come from the real check files.
 */
final class TwoHosts {
  static final String KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJOaRKAkn7t3AgPqLfHDyDei0LAnzVzDOXgIUAt/jtB7";
  static final String OTHER_KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKWVryl0DaBTAX5ftQRo6xoMSPOBJvDZdMP/YUHmNdVt";
  static final String ROOT_KEY =
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEJvJHJ9rgDlBuSdUPQxehOzNB8R7DAPgNX3D1lXu87u root@hostA";
  static final String UUID_A = "4c4c4544-0011-4000-8000-000000000011";
  static final String UUID_B = "4c4c4544-0012-4000-8000-000000000012";

  private final SortedMap<String, ProbeOutput> a = host("hostA.lab", "10.77.0.11", UUID_A);
  private final SortedMap<String, ProbeOutput> b = host("hostB.lab", "10.77.0.12", UUID_B);
  private final SortedMap<String, ProbeOutput> fromA = new TreeMap<>();
  private final SortedMap<String, ProbeOutput> atB = new TreeMap<>();
  private Optional<ClockOffset> clock = Optional.of(new ClockOffset(-10, 10));
  private String typed = "hostB";

  TwoHosts() {
    put(fromA, "destination-path", "");
    fromA(
        "destination-path/names",
        "name hostB.lab\naddress 10.77.0.12\nname hostB\naddress 10.77.0.12\n");
    fromA("destination-path/routes", "10.77.0.12 dev br0 src 10.77.0.11 uid 0 \\    cache \n");
    fromA("destination-path/echoes", "echo 10.77.0.12 1500 2 0.076 -\n");
    put(fromA, "link-quality", "");
    fromA("link-quality/pings", pings(40, "0.031/0.052/0.093/0.012 ms"));
    put(fromA, "libvirt-reach", "");
    fromA("libvirt-reach/target", "name hostB\nuri qemu+ssh://hostB/system\n");
    fromA(
        "libvirt-reach/libvirt",
        "hostB.lab\n<capabilities>\n\n  <host>\n    <uuid>" + UUID_B + "</uuid>\n");
    put(fromA, "migration-connect", "");
    attempts("49152-49215", "proven");
    put(atB, "migration-listener", "");
    listener("listening 49152-49215\nbusy \nheard 49152-49215\n");
    put(atB, "return-path", "");
    put(atB, "return-path/routes", "10.77.0.11 dev br0 src 10.77.0.12 uid 0 \\    cache \n");
  }

  /** What ping of iputils says of 40 that it sent. */
  static String pings(int received, String times) {
    return "PING hostB.lab (10.77.0.12) 56(84) bytes of data.\n\n--- hostB.lab ping statistics"
        + " ---\n40 packets transmitted, %d received, %d%% packet loss, time 1987ms\n%s"
            .formatted(
                received,
                100 - received * 100 / 40,
                times.isEmpty() ? "\n" : "rtt min/avg/max/mdev = " + times + "\n");
  }

  private static SortedMap<String, ProbeOutput> host(String name, String address, String uuid) {
    SortedMap<String, ProbeOutput> host = new TreeMap<>();
    put(host, "tools", "ip\nnft\niptables\nsystemctl\nvirsh\nnc\n");
    put(host, "migration-config", "");
    put(host, "migration-config/qemu-conf", "");
    put(host, "migration-config/listens", "");
    put(host, "migration-config/ages", "file 160\nlibvirtd 157\n");
    put(
        host,
        "migration-config/names",
        "hostname " + name + "\nfqdn " + name + "\ncanonical " + name + "\n");
    put(
        host,
        "migration-config/addresses",
        "1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever\n"
            + "1: lo    inet6 ::1/128 scope host \\       valid_lft forever preferred_lft forever\n"
            + "4: br0    inet "
            + address
            + "/24 scope global br0\\       valid_lft forever preferred_lft forever\n"
            + "4: br0    inet6 fe80::d8c8:b8ff:fe16:483e/64 scope link \\       valid_lft forever\n");
    put(
        host,
        "migration-config/links",
        "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN mode DEFAULT\n"
            + "2: eth0@if5: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue master br0\n"
            + "4: br0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP mode\n");
    put(
        host,
        "migration-config/listening",
        "4 00000000:0016\n6 00000000000000000000000000000000:0016\n");
    put(host, "ssh-server", "");
    put(
        host,
        "ssh-server/settings",
        "port 22\nlistenaddress [::]:22\npermitrootlogin without-password\n");
    put(host, "ssh-server/host-keys", KEY + " hostB.lab\n");
    put(host, "ssh-server/root-keys", ROOT_KEY + "\n");
    put(host, "firewall", "");
    put(host, "firewall/nft", "");
    put(host, "firewall/iptables", "");
    put(host, "firewall/ip6tables", "");
    put(host, "libvirt", "");
    put(host, "libvirt/hostname", name + "\n");
    put(
        host,
        "libvirt/capabilities",
        "<capabilities><host><uuid>" + uuid + "</uuid></host></capabilities>");
    put(host, "guests", "");
    put(host, "guests/list", "");
    put(host, "guests/autostart", "");
    put(host, "guests/persistent", "");
    return host;
  }

  private static void put(SortedMap<String, ProbeOutput> to, String name, String stdout) {
    to.put(name, new ProbeOutput(ProbeOutput.Completeness.COMPLETE, 0, stdout, "", 5));
  }

  TwoHosts a(String name, String stdout) {
    put(a, name, stdout);
    return this;
  }

  TwoHosts b(String name, String stdout) {
    put(b, name, stdout);
    return this;
  }

  TwoHosts fromA(String name, String stdout) {
    put(fromA, name, stdout);
    return this;
  }

  TwoHosts atB(String name, String stdout) {
    put(atB, name, stdout);
    return this;
  }

  TwoHosts withoutFromA(String name) {
    fromA.remove(name);
    return this;
  }

  TwoHosts fails(String name, int exitStatus, String stderr) {
    fromA.put(
        name, new ProbeOutput(ProbeOutput.Completeness.COMPLETE, exitStatus, "\n", stderr, 5));
    return this;
  }

  TwoHosts cut(String name) {
    for (SortedMap<String, ProbeOutput> side : List.of(b, fromA, atB)) {
      side.computeIfPresent(
          name,
          (k, v) ->
              new ProbeOutput(
                  ProbeOutput.Completeness.TRUNCATED, 0, v.stdout(), v.stderr(), v.millis()));
    }
    return this;
  }

  TwoHosts withoutClocks() {
    clock = Optional.empty();
    return this;
  }

  TwoHosts typed(String name) {
    typed = name;
    return this;
  }

  /** What the source saw of ports: ranges and states in turn. */
  TwoHosts attempts(String... rangesAndStates) {
    return fromA("migration-connect/ports", round("10.77.0.12", rangesAndStates));
  }

  static String round(String address, String... rangesAndStates) {
    StringBuilder text =
        new StringBuilder("tool python3\nfrom 1795460884.427\naddress " + address + "\n");
    for (int i = 0; i < rangesAndStates.length; i += 2) {
      String[] ends = rangesAndStates[i].split("-");
      for (int p = Integer.parseInt(ends[0]); p <= Integer.parseInt(ends[1]); p++) {
        text.append("port ").append(p).append(' ').append(rangesAndStates[i + 1]).append('\n');
      }
      if (rangesAndStates[i + 1].equals("proven")) {
        text.append("data ").append(ends[0]).append(" 65536 ok\n");
      }
    }
    return text.append("to 1795460888.500\n").toString();
  }

  TwoHosts listener(String lines) {
    put(
        atB,
        "migration-listener/listener",
        lines.isEmpty() || lines.equals("off\n") || lines.equals("none\n")
            ? lines
            : "tool python3\nup 1795460884.022\n" + lines + "down 1795460889.714\n");
    return this;
  }

  /** Gives the destination rules of nftables, in a chain of input. */
  TwoHosts input(String rules) {
    return b("firewall/nft", chain("input", rules));
  }

  static String chain(String hook, String rules) {
    return "table inet filter {\n\tchain "
        + hook
        + " {\n\t\ttype filter hook "
        + hook
        + " priority filter; policy accept;\n\t\t"
        + rules
        + "\n\t}\n}\n";
  }

  HostFacts source() {
    return facts("hostA", "10.77.0.11", a);
  }

  HostFacts destination() {
    return facts(typed, "10.77.0.12", b);
  }

  private HostFacts facts(String name, String address, SortedMap<String, ProbeOutput> probes) {
    return new HostFacts(
        new HostEvidence(
            HostEvidence.SCHEMA_VERSION,
            name,
            new HostIdentity("ssh", address, 22, "root", KEY, true),
            Instant.EPOCH,
            1,
            clock,
            probes,
            List.of(),
            Optional.empty()));
  }

  /** Returns the check's finding; for host scope that of the destination. */
  Finding find(String id) {
    HostFacts source = source();
    HostFacts destination = destination();
    LinkFacts link = new LinkFacts(new LinkEvidence("hostA", typed, fromA, atB));
    Direction direction =
        new Direction(source, destination, Optional.of(link), List.of(), List.of());
    try {
      Catalogue all = Reports.load(List.of(Path.of("checks")));
      return Examples.noted(
              new Judge(all.select(List.of(id), List.of()), Policy.STRICT)
                  .judge(List.of(source, destination), List.of(direction)))
          .stream()
          .filter(f -> f.id().equals(id) && f.destination().isPresent())
          .findFirst()
          .orElseThrow();
    } catch (CatalogueException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the first command of a fix, after its host. */
  static String command(Finding finding) {
    assertThat(finding.fix().commands()).as(finding.message()).isNotEmpty();
    return finding.fix().commands().get(0).host()
        + ": "
        + finding.fix().commands().get(0).command();
  }
}
