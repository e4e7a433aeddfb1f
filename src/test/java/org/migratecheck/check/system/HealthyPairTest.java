package org.migratecheck.check.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Policy;
import org.migratecheck.model.Status;

/** What a healthy pair, recorded from two real hosts, must never be blamed for. */
class HealthyPairTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "os-is-rhel",
        "os-same",
        "os-version-same",
        "architecture-same",
        "page-size-same",
        "kernel-running-same",
        "packages-virtualization-same",
        "packages-same",
        "libvirt-answers",
        "libvirt-version",
        "qemu-version",
        "host-uuid-differs",
        "machine-id-unique",
        "hostname-not-localhost",
        "cpu-vendor-same",
        "cpu-same",
        "guest-running",
        "guest-snapshots",
        "guest-jobs",
        "guest-host-devices",
        "guest-devices-migratable",
        "guest-name-free",
        "emulator-on-destination",
        "machine-type-on-destination",
        "guest-cpu-on-destination",
        "guest-qemu-not-newer",
        "destination-accepts-guest",
        "memory-fits",
        "clock-skew",
        "clock-synchronised",
      })
  void passes(String id) {
    for (Policy policy : Policy.values()) {
      Finding finding = Scene.healthy().judge(id, policy);
      assertThat(finding.status()).as(finding.message()).isEqualTo(Status.PASS);
      assertThat(finding.message()).isNotBlank().doesNotContain("{");
      assertThat(finding.fix().commands()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kvm-available",
        "guest-cpu-passthrough",
        "memory-fits-all",
        "huge-pages-free",
        "time-zone-same",
      })
  void doesNotApply(String id) {
    Finding finding = Scene.healthy().judge(id);
    assertThat(finding.status()).as(finding.message()).isEqualTo(Status.SKIPPED);
    assertThat(finding.message()).isNotBlank().doesNotContain("{");
  }
}
