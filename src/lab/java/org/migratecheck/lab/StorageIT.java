package org.migratecheck.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * NFS, iSCSI, multipath, GFS2, and bridges on VLANs on bonds, of real kernels: for each a sound
 * pair, on which a guest really moves there and back, and what can be wrong with it.
 *
 * <p>{@code -Dlab.fault=ID[,ID...]} picks cases.
 */
@Tag("long")
@RequiresUml
final class StorageIT {
  private static Map<Attachment, List<Fault>> faults(UmlLab uml) {
    var faults = new EnumMap<Attachment, List<Fault>>(Attachment.class);
    faults.put(Attachment.NFS3, NfsFaults.three(uml));
    faults.put(Attachment.NFS4, NfsFaults.four(uml));
    faults.put(Attachment.ISCSI, SanFaults.iscsi(uml));
    faults.put(Attachment.MULTIPATH, SanFaults.multipath(uml));
    faults.put(Attachment.GFS2, ClusterFaults.all(uml));
    faults.put(Attachment.VLAN, VlanFaults.all(uml));
    return faults;
  }

  @TestFactory
  Stream<DynamicTest> cases(UmlLab uml, LabReport report) {
    List<String> only = List.of(System.getProperty("lab.fault", "").split(","));
    assertThat(faults(uml).values().stream().flatMap(List::stream).map(Fault::id))
        .doesNotHaveDuplicates();
    return faults(uml).entrySet().stream()
        .flatMap(
            entry ->
                Stream.concat(
                    Stream.of(healthy(uml, report, entry.getKey())),
                    entry.getValue().stream()
                        .map(
                            fault ->
                                DynamicTest.dynamicTest(
                                    fault.id(),
                                    () -> new UmlRun(uml, report, entry.getKey(), fault).run()))))
        .filter(test -> only.contains("") || only.contains(test.getDisplayName()));
  }

  private static DynamicTest healthy(UmlLab uml, LabReport report, Attachment attachment) {
    Requirement requirement =
        attachment == Attachment.VLAN ? Requirement.NETWORK : Requirement.STORAGE;
    Fault none = Fault.of("sound-" + attachment.verb(), requirement, lab -> {});
    return DynamicTest.dynamicTest(
        none.id(), () -> new UmlRun(uml, report, attachment, none).healthy());
  }
}
