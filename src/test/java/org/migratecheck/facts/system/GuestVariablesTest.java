package org.migratecheck.facts.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.Xml;
import org.migratecheck.model.HostEvidence;
import org.migratecheck.model.HostIdentity;
import org.migratecheck.model.ProbeOutput;

class GuestVariablesTest {
  private static final String XML =
      """
      <domain type='kvm' id='1'>
        <name>g</name>
        <os><type arch='x86_64' machine='pc-q35-rhel9.2.0'>hvm</type></os>
        <cpu mode='custom' match='exact' check='full'><model fallback='forbid'>EPYC</model></cpu>
        <devices>
          <emulator>/usr/libexec/qemu-kvm</emulator>
          <disk device='disk'><source file='/a'/><target dev='vda'/></disk>
          <disk device='cdrom'><target dev='sda'/></disk>
          <disk device='disk'><source file='/b'/><target dev='vd; id'/></disk>
        </devices>
      </domain>
      """;

  @Test
  void describesTheActiveGuests() {
    Guest running = guest("11111111-1111-4111-8111-111111111111", "running (booted)", XML);
    Guest off = guest("22222222-2222-4222-8222-222222222222", "shut off (unknown)", XML);
    TreeMap<String, ProbeOutput> probes = new TreeMap<>();
    String migratable = "<domain xmlns:qemu='u'><qemu:commandline/></domain>";
    probes.put(
        "guests/migratable." + running.uuid(),
        new ProbeOutput(ProbeOutput.Completeness.COMPLETE, 0, migratable, "", 1));
    HostFacts host =
        new HostFacts(
            new HostEvidence(
                1,
                "a",
                HostIdentity.UNKNOWN,
                Instant.EPOCH,
                0,
                Optional.empty(),
                probes,
                List.of(),
                Optional.empty()));
    Map<String, String> variables =
        new GuestVariables().variables(host, host, List.of(off, running));
    assertThat(variables)
        .containsEntry("MC_SYSTEM_GUESTS", running.uuid())
        .containsEntry("MC_SYSTEM_DISKS_1", "vda")
        .containsEntry("MC_SYSTEM_EMULATOR_1", "/usr/libexec/qemu-kvm")
        .containsEntry("MC_SYSTEM_ARCH_1", "x86_64")
        .containsEntry("MC_SYSTEM_MACHINE_1", "pc-q35-rhel9.2.0")
        .containsEntry("MC_SYSTEM_TYPE_1", "kvm")
        .containsEntry("MC_SYSTEM_XML_1", migratable)
        .hasSize(8);
    assertThat(variables.get("MC_SYSTEM_CPU_1")).contains("<model fallback='forbid'>EPYC</model>");
  }

  @Test
  void comparesNoCpuThatIsTheHostsOwn() {
    for (String mode : new String[] {"host-passthrough", "maximum"}) {
      Xml xml =
          Xml.parse("g", "<domain><cpu mode='" + mode + "'><feature name='x'/></cpu></domain>");
      assertThat(GuestVariables.cpu(xml)).isEmpty();
    }
    assertThat(GuestVariables.cpu(Xml.parse("g", "<domain><cpu><numa/></cpu></domain>"))).isEmpty();
    assertThat(GuestVariables.cpu(Xml.parse("g", "<domain/>"))).isEmpty();
  }

  private static Guest guest(String uuid, String state, String xml) {
    return new Guest(
        uuid, "g", state, false, true, Xml.parse("g", xml), Optional.empty(), Optional.empty());
  }
}
