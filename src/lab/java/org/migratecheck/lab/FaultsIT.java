package org.migratecheck.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every fault of the lab: our verdict, libvirt's, and whether our own fix mends it.
 *
 * <p>Usually one fault is made for each check that has any, see {@code src/lab/usual-faults.txt};
 * {@code -Dlab.fault=all} makes all, {@code -Dlab.fault=ID[,ID...]} picks some; {@code
 * -Dlab.tool=off} looks only at what the real migration does.
 */
@RequiresLab
final class FaultsIT {
  /**
   * One fault for each check that has any. What has not yet gone through all steps is not usual.
   */
  private static final Chosen CHOSEN = new Chosen("lab.fault", "faults");

  private static final boolean WITH_TOOL = !System.getProperty("lab.tool", "on").equals("off");

  static Stream<Fault> all() {
    return Stream.of(
            SystemFaults.all(),
            PortFaults.all(),
            NetworkFaults.all(),
            CardFaults.all(),
            FirewallFaults.all(),
            TransportFaults.all(),
            StorageFaults.all(),
            GuestFaults.all(),
            CapacityFaults.all(),
            PlatformFaults.all(),
            DeviceFaults.all(),
            LeftoverFaults.all(),
            DiskFaults.all(),
            SecurityFaults.all(),
            DiskServerFaults.all(),
            FirmwareFaults.all(),
            DirectoryFaults.all())
        .flatMap(List::stream);
  }

  @TestFactory
  Stream<DynamicTest> faults(Labs labs, LabReport report) {
    Map<String, Fault> byId =
        all().collect(Collectors.toMap(Fault::id, fault -> fault, (a, b) -> a, LinkedHashMap::new));
    return labs.run(
        CHOSEN.rounds(List.copyOf(byId.keySet())).stream()
            .map(round -> round.stream().filter(byId::containsKey).map(byId::get).toList())
            .filter(round -> !round.isEmpty())
            .map(round -> new FaultRun(report, round, WITH_TOOL))
            .map(run -> new Labs.Job(run.name(), run::in))
            .toList());
  }

  @Test
  void whatTheLabCannotMakeIsTestedOnRecordedOutput(LabReport report) {
    for (Recorded fault : RecordedFaults.all()) {
      assertThat(fault.isTested()).as(fault.test()).isTrue();
      String where = fault.test().replaceFirst(".*\\.", "");
      report.add(
          LabTable.RECORDED,
          fault.requirement().ordinal() + fault.id(),
          0,
          fault.id(),
          fault.finding(),
          fault.why(),
          where);
    }
  }

  @Test
  void theUsualFaultsExist() {
    assertThat(CHOSEN.usual()).isNotEmpty().doesNotHaveDuplicates();
    assertThat(all().map(Fault::id)).containsAll(CHOSEN.usual());
  }

  @Test
  void everyFaultHasItsOwnNameAndFinding() throws IOException {
    assertThat(Stream.concat(all().map(Fault::id), RecordedFaults.all().stream().map(Recorded::id)))
        .doesNotHaveDuplicates();
    Set<String> checks;
    try (Stream<Path> files = Files.walk(Lab.project().resolve("checks"))) {
      checks =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".yaml"))
              .map(name -> name.replace(".yaml", ""))
              .collect(Collectors.toSet());
    }
    assertThat(RecordedFaults.all()).allMatch(fault -> checks.contains(fault.finding()));
    assertThat(all())
        .allSatisfy(
            fault ->
                assertThat(fault.expected().findings())
                    .as(fault.id())
                    .isNotEmpty()
                    .isSubsetOf(checks));
  }
}
