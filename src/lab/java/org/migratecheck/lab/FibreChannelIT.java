package org.migratecheck.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Fibre Channel with multipath on two fabrics, and a cluster file system on it, with real drivers
 * in virtual machines. {@code -Dlab.fault=ID[,ID...]} picks cases.
 */
@RequiresVms
final class FibreChannelIT {
  @TestFactory
  Stream<DynamicTest> cases(VmLab vms, LabReport report) {
    List<String> only = List.of(System.getProperty("lab.fault", "").split(","));
    assertThat(VmFaults.fibreChannel()).extracting(Fault::id).doesNotHaveDuplicates();
    return Stream.concat(
            Stream.of(healthy(vms, report, "fc")),
            VmFaults.fibreChannel().stream().map(fault -> test(vms, report, "fc", fault)))
        .filter(test -> only.contains("") || only.contains(test.getDisplayName()));
  }

  private static DynamicTest test(VmLab vms, LabReport report, String state, Fault fault) {
    return DynamicTest.dynamicTest(fault.id(), () -> new VmRun(vms, report, state, fault).run());
  }

  private static DynamicTest healthy(VmLab vms, LabReport report, String state) {
    Fault none = Fault.of("sound-vm-" + state, Requirement.STORAGE, lab -> {});
    return DynamicTest.dynamicTest(none.id(), () -> new VmRun(vms, report, state, none).healthy());
  }
}
