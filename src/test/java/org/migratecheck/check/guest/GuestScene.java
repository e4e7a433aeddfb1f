package org.migratecheck.check.guest;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.migratecheck.check.Catalogue;
import org.migratecheck.check.CatalogueException;
import org.migratecheck.check.Direction;
import org.migratecheck.check.Judge;
import org.migratecheck.facts.Guests;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.LinkFacts;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Fix;
import org.migratecheck.model.HostEvidence;
import org.migratecheck.model.HostIdentity;
import org.migratecheck.model.LinkEvidence;
import org.migratecheck.model.Policy;
import org.migratecheck.model.ProbeOutput;
import org.migratecheck.model.ProbeOutput.Completeness;
import org.migratecheck.testing.Examples;
import org.migratecheck.testing.Reports;

/** Two hosts with one running guest, as the probes print them, judged by one shipped check. */
final class GuestScene {
  static final String UUID = "4c4c4544-1000-4000-8000-000000000032";
  private static final Catalogue CATALOGUE = catalogue();

  private static final String DOMAIN =
      """
      <domain type='kvm' id='1'>
        <name>web1</name>
        <uuid>%s</uuid>
        <memory unit='KiB'>2097152</memory>
        <vcpu placement='static'>2</vcpu>
        <os><type arch='x86_64' machine='pc-q35-rhel9.2.0'>hvm</type>@OS@</os>
        <cpu mode='custom'><model>Cascadelake-Server</model></cpu>
        <devices>
          <emulator>/usr/libexec/qemu-kvm</emulator>
          <interface type='bridge'>
            <mac address='52:54:00:4c:00:32'/><source bridge='br0'/><target dev='vnet0'/>
            <model type='virtio'/><alias name='net0'/>
          </interface>
          @DEVICES@
        </devices>
        @END@
      </domain>
      """
          .formatted(UUID);

  private final SortedMap<String, ProbeOutput> source = host();
  private final SortedMap<String, ProbeOutput> destination = host();
  private final SortedMap<String, ProbeOutput> onSource = new TreeMap<>();
  private final SortedMap<String, ProbeOutput> onDestination = new TreeMap<>();
  private int paths;

  private GuestScene(String os, String devices, String end) {
    String xml = DOMAIN.replace("@OS@", os).replace("@DEVICES@", devices).replace("@END@", end);
    for (String part : List.of("xml", "inactive", "migratable")) {
      put(source, "guests/" + part + "." + UUID, xml);
    }
    put(source, "guests/list", UUID + "\n");
    put(source, "guests/persistent", UUID + "\n");
    put(source, "guests/state." + UUID, "running (booted)\n\n");
    put(onSource, "guest-files", "");
    put(onDestination, "guest-files", "");
    put(onSource, "guest-speed", "");
    put(onSource, "guest-speed/speed." + UUID, "8796093022207\n");
    roms(onSource, "rom 250368 /usr/share/ipxe/qemu/efi-virtio.rom");
    roms(onDestination, "rom 250368 /usr/share/ipxe/qemu/efi-virtio.rom");
  }

  /** A guest with these devices. */
  static GuestScene with(String devices) {
    return new GuestScene("", devices, "");
  }

  /** A guest that boots with these elements. */
  static GuestScene booting(String os) {
    return new GuestScene(os, "", "");
  }

  /** A guest with these elements at the end of its definition. */
  static GuestScene ending(String end) {
    return new GuestScene("", "", end);
  }

  private static SortedMap<String, ProbeOutput> host() {
    SortedMap<String, ProbeOutput> host = new TreeMap<>();
    for (String part : List.of("list", "persistent", "autostart")) {
      put(host, "guests/" + part, "");
    }
    put(
        host,
        "guest-services/tpm",
        "swtpm /usr/bin/swtpm 0.8.0\nswtpm_setup /usr/bin/swtpm_setup 0.8.0\nend\n");
    put(host, "guest-services/screens", "set vnc_listen \"0.0.0.0\"\nend\n");
    put(host, "guest-services/usb", "1d6b:0002 1 1\nend\n");
    put(host, "guest-services/virtiofs", "end\n");
    put(host, "guest-services/managers", "end\n");
    put(host, "guest-services/managed-save", "");
    put(host, "guest-services/checkpoints", "");
    put(host, "libvirt-networks/list", "");
    put(
        host,
        "libvirt/version",
        "Using library: libvirt 9.0.0\n"
            + "Running hypervisor: QEMU 7.2.0\n"
            + "Running against daemon: 9.0.0\n");
    put(host, "migration-config/listening", "4 00000000:0016\n4 0100007F:170C\n");
    put(host, "migration-config/links", "2: eth0: <UP> mtu 1500 qdisc noqueue state UP\n");
    put(
        host,
        "migration-config/addresses",
        "2: eth0    inet 10.77.0.12/24 brd 10.77.0.255 scope global eth0\n");
    return host;
  }

  /** Says what is at a path on both hosts; {@code missing}, or words for stat(1). */
  GuestScene path(String path, String here, String there) {
    paths++;
    put(onSource, "guest-files/path." + paths, "path " + path + "\n" + here + "\nend\n");
    put(onDestination, "guest-files/path." + paths, "path " + path + "\n" + there + "\nend\n");
    return this;
  }

  GuestScene romsHere(String... lines) {
    roms(onSource, lines);
    return this;
  }

  GuestScene romsThere(String... lines) {
    roms(onDestination, lines);
    return this;
  }

  private static void roms(SortedMap<String, ProbeOutput> side, String... lines) {
    put(
        side,
        "guest-files/roms.1",
        "emulator /usr/libexec/qemu-kvm\nrom 262144 /usr/share/seabios/bios-256k.bin\n"
            + String.join("\n", lines)
            + "\nend\n");
  }

  GuestScene source(String part, String stdout) {
    put(source, part, stdout);
    return this;
  }

  GuestScene destination(String part, String stdout) {
    put(destination, part, stdout);
    return this;
  }

  GuestScene onSource(String part, String stdout) {
    put(onSource, part, stdout);
    return this;
  }

  GuestScene inactive(String from, String to) {
    String part = "guests/inactive." + UUID;
    String before = source.get(part).stdout();
    if (before.equals(before.replace(from, to))) {
      throw new IllegalArgumentException("nothing to replace: " + from);
    }
    return source(part, before.replace(from, to));
  }

  /** The destination has the same guest too, shut off, with a changed definition. */
  GuestScene defined(String from, String to) {
    String xml = source.get("guests/inactive." + UUID).stdout().replace(from, to);
    return destination("guests/list", UUID + "\n")
        .destination("guests/persistent", UUID + "\n")
        .destination("guests/state." + UUID, "shut off (unknown)\n")
        .destination("guests/xml." + UUID, xml)
        .destination("guests/inactive." + UUID, xml)
        .destination("guests/migratable." + UUID, xml);
  }

  GuestScene running(String uuid, String xml) {
    return destination("guests/list", uuid + "\n")
        .destination("guests/state." + uuid, "running (booted)\n")
        .destination("guests/xml." + uuid, xml);
  }

  GuestScene fails(String part, int exitStatus, String stderr) {
    destination.put(part, output(exitStatus, "", stderr));
    source.put(part, output(exitStatus, "", stderr));
    return this;
  }

  GuestScene cut(String part) {
    ProbeOutput cut = new ProbeOutput(Completeness.TRUNCATED, 0, "x", "", 1);
    for (SortedMap<String, ProbeOutput> side :
        List.of(source, destination, onSource, onDestination)) {
      if (side.containsKey(part)) {
        side.put(part, cut);
      }
    }
    return this;
  }

  Finding judge(String id) {
    HostFacts a = new HostFacts(evidence("hostA", source));
    HostFacts b = new HostFacts(evidence("hostB", destination));
    LinkFacts link = new LinkFacts(new LinkEvidence("hostA", "hostB", onSource, onDestination));
    Direction direction = new Direction(a, b, Optional.of(link), a.get(Guests.FACT), List.of());
    try {
      return Examples.noted(
              new Judge(CATALOGUE.select(List.of(id), List.of()), Policy.STRICT)
                  .judge(List.of(a, b), List.of(direction)))
          .stream()
          .filter(f -> f.id().equals(id))
          .findFirst()
          .orElseThrow();
    } catch (CatalogueException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the commands of a fix, one a line, each after its host. */
  static String commands(Finding finding) {
    return finding.fix().commands().stream()
        .map((Fix.Command c) -> c.host() + ": " + c.command())
        .collect(Collectors.joining("\n"));
  }

  private static HostEvidence evidence(String name, SortedMap<String, ProbeOutput> probes) {
    return new HostEvidence(
        HostEvidence.SCHEMA_VERSION,
        name,
        new HostIdentity("ssh", "10.77.0.11", 22, "root", "ssh-ed25519 SHA256:" + name, true),
        Instant.EPOCH,
        1,
        Optional.empty(),
        probes,
        List.of(),
        Optional.empty());
  }

  private static void put(SortedMap<String, ProbeOutput> side, String part, String stdout) {
    side.put(part, output(0, stdout, ""));
  }

  private static ProbeOutput output(int exitStatus, String stdout, String stderr) {
    return new ProbeOutput(Completeness.COMPLETE, exitStatus, stdout, stderr, 1);
  }

  private static Catalogue catalogue() {
    try {
      return Reports.load(List.of(Path.of("checks")));
    } catch (CatalogueException e) {
      throw new IllegalStateException(String.join("\n", e.mistakes()));
    }
  }
}
