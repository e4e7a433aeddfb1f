package org.migratecheck.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * NFS, iSCSI, multipath, GFS2, and bridges on VLANs on bonds, of real kernels: for each a sound
 * pair, on which a guest really moves there and back, and what can be wrong with it.
 *
 * <p>Where nothing else is said, some of each kind are made, see {@code src/lab/usual-storage.txt};
 * {@code -Dlab.fault=all} makes all, {@code -Dlab.fault=ID[,ID...]} picks cases.
 */
@Tag("long")
@RequiresUml
final class StorageIT {
  /** Each kind of storage, sound and broken. */
  private static final Chosen CHOSEN = new Chosen("lab.fault", "storage");

  private static Map<Attachment, List<Fault>> faults(UmlLab uml) {
    var faults = new EnumMap<Attachment, List<Fault>>(Attachment.class);
    faults.put(Attachment.NFS3, NfsFaults.three(uml));
    faults.put(
        Attachment.NFS4,
        Stream.concat(NfsFaults.four(uml).stream(), NfsOddities.four(uml).stream()).toList());
    faults.put(Attachment.ISCSI, SanFaults.iscsi(uml));
    faults.put(Attachment.MULTIPATH, SanFaults.multipath(uml));
    faults.put(Attachment.GFS2, ClusterFaults.all(uml));
    faults.put(Attachment.VLAN, VlanFaults.all(uml));
    return faults;
  }

  @TestFactory
  Stream<DynamicTest> cases(UmlLab uml, LabReport report) {
    return all(uml, report).filter(test -> CHOSEN.takes(test.getDisplayName()));
  }

  @Test
  void theUsualCasesExist(UmlLab uml, LabReport report) {
    List<String> all = all(uml, report).map(DynamicTest::getDisplayName).toList();
    assertThat(all).doesNotHaveDuplicates().containsAll(CHOSEN.usual());
    assertThat(CHOSEN.usual()).isNotEmpty().doesNotHaveDuplicates();
  }

  private static Stream<DynamicTest> all(UmlLab uml, LabReport report) {
    return faults(uml).entrySet().stream()
        .flatMap(
            entry ->
                Stream.concat(
                    Stream.of(healthy(uml, report, entry.getKey())),
                    entry.getValue().stream()
                        .map(
                            fault ->
                                test(
                                    fault,
                                    () -> new UmlRun(uml, report, entry.getKey(), fault),
                                    UmlRun::run))));
  }

  private static DynamicTest healthy(UmlLab uml, LabReport report, Attachment attachment) {
    Requirement requirement =
        attachment == Attachment.VLAN ? Requirement.NETWORK : Requirement.STORAGE;
    Fault none = Fault.of("sound-" + attachment.verb(), requirement, lab -> {});
    return test(none, () -> new UmlRun(uml, report, attachment, none), UmlRun::healthy);
  }

  /** What failed is tried again, as in {@link Labs}: on hosts that are made anew. */
  private static DynamicTest test(Fault fault, Supplier<UmlRun> run, Consumer<UmlRun> how) {
    return DynamicTest.dynamicTest(
        fault.id(),
        () -> {
          for (int left = Labs.TRIES; left > 0; left--) {
            try {
              how.accept(run.get());
              return;
            } catch (RuntimeException | AssertionError e) {
              Failures.note(fault.id(), e);
              if (left == 1) {
                throw e;
              }
            }
          }
        });
  }
}
