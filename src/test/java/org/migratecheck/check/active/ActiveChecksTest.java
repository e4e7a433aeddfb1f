package org.migratecheck.check.active;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.migratecheck.check.Catalogue;
import org.migratecheck.facts.Fact;
import org.migratecheck.model.Finding;
import org.migratecheck.model.HostEvidence;
import org.migratecheck.model.LinkEvidence;
import org.migratecheck.model.ProbeOutput;
import org.migratecheck.model.Status;
import org.migratecheck.testing.EvidenceBuilder;
import org.migratecheck.testing.Reports;

/** Checks that are made only with {@code --active}; the outputs are those of libvirt 9.0. */
final class ActiveChecksTest {
  private static final String UUID = "4c4c4544-1000-4000-8000-000000000032";
  private static final String SHARED = "/var/lib/libvirt/images/shared";

  private final Map<String, ProbeOutput> onSource =
      new TreeMap<>(
          Map.of(
              "migrate-blockers",
              output(0, "", ""),
              "migrate-blockers/blockers." + UUID,
              output(0, "{\"return\":{\"blocked\":false},\"id\":\"libvirt-17\"}\n", ""),
              "begin-rehearsal",
              output(0, "", ""),
              "begin-rehearsal/begin." + UUID,
              output(
                  1,
                  "",
                  "error: internal error: Attempt to migrate guest to the same host"
                      + " 4c4c4544-0011-4000-8000-000000000011\n"),
              "nonce-write",
              output(0, "written " + SHARED + "\n", "")));
  private final Map<String, ProbeOutput> onDestination =
      new TreeMap<>(Map.of("nonce-read", output(0, "seen " + SHARED + "\n", "")));

  @Test
  void healthy() throws Exception {
    for (String id :
        List.of("qemu-migration-blockers", "begin-rehearsal", "shared-storage-proof")) {
      Finding finding = judge(id);
      assertThat(finding.status()).as(finding.message()).isEqualTo(Status.PASS);
    }
  }

  @Test
  void everyBlockerOfQemuIsNamed() throws Exception {
    onSource.put(
        "migrate-blockers/blockers." + UUID,
        output(
            0,
            "{\"return\":{\"blocked-reasons\":[\"The vmdk format used by node 'libvirt-2-format' does"
                + " not support live migration\",\"State blocked by non-migratable device"
                + " '0000:00:04.0/nvme'\"],\"blocked\":true},\"id\":\"libvirt-17\"}\n",
            ""));
    Finding finding = judge("qemu-migration-blockers");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).contains("vmdk format").contains("nvme");
    assertThat(finding.errors()).hasSize(2);
  }

  @Test
  void answersThatAreNoneAreUndetermined() throws Exception {
    for (String answer : List.of("", "{\"return\":", "{\"error\":{}}", "[".repeat(100_000))) {
      onSource.put("migrate-blockers/blockers." + UUID, output(0, answer, ""));
      assertThat(judge("qemu-migration-blockers").status()).as(answer).isEqualTo(Status.ERROR);
    }
    onSource.remove("migrate-blockers/blockers." + UUID);
    assertThat(judge("qemu-migration-blockers").status()).isEqualTo(Status.ERROR);
    onDestination.put("nonce-read", output(0, "perhaps " + SHARED + "\n", ""));
    assertThat(judge("shared-storage-proof").status()).isEqualTo(Status.ERROR);
    onDestination.put("nonce-read", ProbeOutput.missing("the connection was cut"));
    assertThat(judge("shared-storage-proof").message()).contains("the connection was cut");
  }

  @Test
  void aRefusalOfTheFirstPhaseIsQuoted() throws Exception {
    onSource.put(
        "begin-rehearsal/begin." + UUID,
        output(
            1,
            "",
            "error: Requested operation is not valid: cannot migrate domain with 1 snapshots\n"));
    Finding finding = judge("begin-rehearsal");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.errors())
        .containsExactly(
            "Requested operation is not valid: cannot migrate domain with 1 snapshots");
  }

  @Test
  void aMigrationToItselfThatWorksIsNoProof() throws Exception {
    onSource.put("begin-rehearsal/begin." + UUID, output(0, "", ""));
    assertThat(judge("begin-rehearsal").status()).isEqualTo(Status.ERROR);
  }

  @Test
  void otherStorageOfTheSameNameIsFound() throws Exception {
    onDestination.put("nonce-read", output(0, "absent " + SHARED + "\n", ""));
    assertThat(judge("shared-storage-proof").status()).isEqualTo(Status.FAIL);
    onDestination.put("nonce-read", output(0, "other " + SHARED + "\n", ""));
    assertThat(judge("shared-storage-proof").status()).isEqualTo(Status.FAIL);
  }

  @Test
  void aDirectoryThatRootMayNotWriteOnlyWarns() throws Exception {
    onSource.put("nonce-write", output(0, "failed " + SHARED + "\n", "Permission denied\n"));
    onDestination.put("nonce-read", output(0, "absent " + SHARED + "\n", ""));
    assertThat(judge("shared-storage-proof").status()).isEqualTo(Status.WARN);
  }

  @Test
  void withoutBeingAskedForTheyAreSkippedAndNotCollected() throws Exception {
    Catalogue passive =
        Reports.load(List.of(Path.of("checks"))).select(List.of("begin-rehearsal"), List.of());
    passive = passive.passive();
    assertThat(passive.probes(Fact.Place.LINK_SOURCE)).isEmpty();
    Finding finding = find(passive, "begin-rehearsal");
    assertThat(finding.status()).isEqualTo(Status.SKIPPED);
    assertThat(finding.message()).startsWith("only with --active: ");
  }

  private Finding judge(String id) throws Exception {
    return find(Reports.load(List.of(Path.of("checks"))).select(List.of(id), List.of()), id);
  }

  private Finding find(Catalogue catalogue, String id) {
    LinkEvidence link =
        new LinkEvidence("a", "b", new TreeMap<>(onSource), new TreeMap<>(onDestination));
    String xml =
        "<domain type='kvm' id='1'><name>guest</name><uuid>"
            + UUID
            + "</uuid><devices><disk type='file' device='disk'><driver name='qemu' type='raw'/><source"
            + " file='"
            + SHARED
            + "/guest.img'/><backingStore/><target dev='vda' bus='virtio'/></disk></devices></domain>";
    HostEvidence source =
        EvidenceBuilder.host("a")
            .ok("guests", "")
            .ok("guests/list", UUID + "\n")
            .ok("guests/persistent", UUID + "\n")
            .ok("guests/autostart", "")
            .ok("guests/state." + UUID, "running (booted)\n")
            .ok("guests/xml." + UUID, xml)
            .ok("guests/inactive." + UUID, xml)
            .ok("guests/migratable." + UUID, xml)
            .link(link)
            .evidence();
    HostEvidence destination = EvidenceBuilder.host("b").ok("guests", "").evidence();
    return Reports.assess(catalogue, List.of(source, destination)).findings().stream()
        .filter(f -> f.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static ProbeOutput output(int exitStatus, String stdout, String stderr) {
    return new ProbeOutput(ProbeOutput.Completeness.COMPLETE, exitStatus, stdout, stderr, 1);
  }
}
