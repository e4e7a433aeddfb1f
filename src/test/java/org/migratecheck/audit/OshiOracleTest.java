package org.migratecheck.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.migratecheck.collect.Fleet;
import org.migratecheck.collect.Probe;
import org.migratecheck.collect.ProbeCatalogue;
import org.migratecheck.collect.Progress;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.network.Link;
import org.migratecheck.facts.storage.Mount;
import org.migratecheck.facts.storage.Mounts;
import org.migratecheck.facts.system.Cpu;
import org.migratecheck.facts.system.Memory;
import org.migratecheck.remote.ConnectOptions;
import org.migratecheck.remote.HostConnector;
import org.migratecheck.remote.HostSpec;
import org.migratecheck.remote.SshEnvironment;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.NetworkIF;

/** What our probes say of this machine agrees with what OSHI reads by its own ways. */
final class OshiOracleTest {
  private static final SystemInfo OSHI = new SystemInfo();
  private static HostFacts local;

  @BeforeAll
  static void readThisMachine() throws Exception {
    List<Probe> probes =
        ProbeCatalogue.load(List.of(Path.of("checks")))
            .select(Set.of("cpu", "memory", "mounts", "network"), Probe.Step.HOST);
    try (Fleet fleet =
        new Fleet(
            new HostConnector(SshEnvironment.ofThisProcess()),
            ConnectOptions.defaults(),
            new Fleet.Options(1, Duration.ofSeconds(60), false),
            Progress.NONE)) {
      local = new HostFacts(fleet.collect(List.of(HostSpec.parse("localhost")), probes).get(0));
    }
  }

  @Test
  void processor() {
    CentralProcessor processor = OSHI.getHardware().getProcessor();
    Cpu cpu = local.get(Cpu.FACT);
    assertThat(cpu.online()).isEqualTo(processor.getLogicalProcessorCount());
    assertThat(cpu.vendor()).isEqualTo(processor.getProcessorIdentifier().getVendor());
    assertThat(cpu.model().strip()).isEqualTo(processor.getProcessorIdentifier().getName().strip());
  }

  @Test
  void memory() {
    assertThat(local.get(Memory.FACT).total() * 1024)
        .isEqualTo(OSHI.getHardware().getMemory().getTotal());
  }

  @Test
  void mounts() {
    Set<String> ours =
        local.get(Mounts.FACT).mounts().stream().map(Mount::target).collect(Collectors.toSet());
    Set<String> theirs =
        OSHI.getOperatingSystem().getFileSystem().getFileStores(true).stream()
            .map(s -> s.getMount())
            .collect(Collectors.toSet());
    assertThat(theirs).isNotEmpty();
    assertThat(ours).containsAll(theirs);
  }

  @Test
  void interfaces() {
    Map<String, Link> ours =
        local.get(Link.FACT).stream().collect(Collectors.toMap(Link::name, l -> l));
    List<NetworkIF> theirs = OSHI.getHardware().getNetworkIFs(true);
    assertThat(theirs).isNotEmpty();
    for (NetworkIF nic : theirs) {
      assertThat(ours).containsKey(nic.getName());
      Link link = ours.get(nic.getName());
      assertThat((long) link.mtu()).as(nic.getName() + " MTU").isEqualTo(nic.getMTU());
      if (!nic.getName().equals("lo")) {
        assertThat(link.mac()).as(nic.getName()).isEqualToIgnoringCase(nic.getMacaddr());
      }
    }
  }
}
