package org.migratecheck.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every fault of the lab: our verdict, libvirt's, and whether our own fix mends it.
 *
 * <p>Usually one fault is made for each check that has any, which takes a third of the time of all;
 * {@code -Dlab.fault=all} makes all, {@code -Dlab.fault=ID[,ID...]} picks some; {@code
 * -Dlab.tool=off} looks only at what the real migration does.
 */
@RequiresLab
final class FaultsIT {
  /** Faults that have not yet gone through all steps; only {@code -Dlab.fault} makes them. */
  private static final Set<String> UNPROVEN = Set.of();

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
            FirmwareFaults.all())
        .flatMap(List::stream);
  }

  /** The faults that were asked for; else the first for each check, or really all. */
  private static Stream<Fault> chosen() {
    String ids = System.getProperty("lab.fault", "");
    if (ids.equals("all")) {
      return all();
    }
    if (!ids.isEmpty()) {
      List<String> only = List.of(ids.split(","));
      return all().filter(fault -> only.contains(fault.id()));
    }
    Set<String> proven = new HashSet<>();
    return all()
        .filter(fault -> !UNPROVEN.contains(fault.id()))
        .filter(fault -> proven.add(fault.expected().findings().get(0)));
  }

  @TestFactory
  Stream<DynamicTest> faults(Labs labs, LabReport report) {
    return labs.run(
        chosen()
            .map(
                fault ->
                    new Labs.Job(
                        fault.id(), lab -> new FaultRun(lab, report, fault, WITH_TOOL).run()))
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
