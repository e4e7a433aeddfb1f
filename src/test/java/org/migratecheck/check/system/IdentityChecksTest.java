package org.migratecheck.check.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Status;

class IdentityChecksTest {
  private static final String ID_A = "4c4c4544001140008000000000000011\n";
  private static final String UUID_A = "4c4c4544-0011-4000-8000-000000000011";
  private static final String UUID_B = "4c4c4544-0012-4000-8000-000000000012";
  private static final String SMBIOS = "03000200-0400-0500-0006-000700080009\n";

  private static Scene sameLibvirtUuid() {
    return Scene.healthy().editDestination("libvirt/capabilities", c -> c.replace(UUID_B, UUID_A));
  }

  @Test
  void sameHostUuidOfTwoMachinesIsReplaced() {
    Finding finding = sameLibvirtUuid().judge("host-uuid-differs");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .isEqualTo("hostA.lab and hostB.lab have the same libvirt host UUID " + UUID_A);
    assertThat(finding.errors())
        .containsExactly("Attempt to migrate guest to the same host " + UUID_A);
    assertThat(Scene.commands(finding))
        .startsWith("hostB.lab: sed -i ")
        .contains(">> /etc/libvirt/libvirtd.conf")
        .contains("systemctl restart libvirtd");
    assertThat(
            Scene.commands(
                sameLibvirtUuid().destination("tools", "ip\n").judge("host-uuid-differs")))
        .contains("kill \"$pid\"")
        .contains("libvirtd -d");
  }

  @Test
  void oneMachineUnderTwoNamesNeedsAnotherDestination() {
    Scene scene =
        sameLibvirtUuid()
            .destination("system/machine-id", ID_A)
            .hostKeys("ssh-ed25519 SHA256:a", "ssh-ed25519 SHA256:a");
    Finding finding = scene.judge("host-uuid-differs");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).contains("one machine under two names");
    assertThat(finding.fix().commands()).isEmpty();
  }

  @Test
  void oneMachineIsFoundOutEvenWhileLibvirtIsSilent() {
    String down = "error: failed to connect to the hypervisor\n";
    Scene scene =
        Scene.healthy()
            .sourceFails("libvirt/capabilities", 1, down)
            .destinationFails("libvirt/capabilities", 1, down);
    assertThat(scene.judge("host-uuid-differs").status()).isEqualTo(Status.ERROR);
    scene
        .destination("system/machine-id", ID_A)
        .both("system/product-uuid", UUID_A + "\n")
        .hostKeys("ssh-ed25519 SHA256:a", "ssh-ed25519 SHA256:a");
    assertThat(scene.judge("host-uuid-differs").status()).isEqualTo(Status.FAIL);
  }

  /** What libvirt does not mind must not stop a migration. */
  @Test
  void clonesAndJunkSmbiosAreNoBlocker() {
    Scene scene =
        Scene.healthy().both("system/product-uuid", SMBIOS).destination("system/machine-id", ID_A);
    assertThat(scene.judge("host-uuid-differs").status()).isEqualTo(Status.PASS);
    Finding clone = scene.judge("machine-id-unique");
    assertThat(clone.status()).isEqualTo(Status.WARN);
    assertThat(Scene.commands(clone)).startsWith("hostB.lab: ");
  }

  @Test
  void noMachineIdIsNoPass() {
    Scene scene = Scene.healthy().destination("system/machine-id", "");
    assertThat(scene.judge("machine-id-unique").status()).isEqualTo(Status.ERROR);
    assertThat(scene.judge("host-uuid-differs").status()).isEqualTo(Status.PASS);
  }

  @Test
  void localhostIsNotAnnounced() {
    for (String name : new String[] {"localhost\n", "localhost.localdomain\n"}) {
      Finding finding =
          Scene.healthy().destination("libvirt/hostname", name).judge("hostname-not-localhost");
      assertThat(finding.status()).isEqualTo(Status.FAIL);
      assertThat(finding.errors().get(0))
          .startsWith("hostname on destination resolved to localhost");
      assertThat(Scene.commands(finding))
          .isEqualTo(
              "hostB.lab: hostnamectl set-hostname hostB.lab 2>/dev/null || { hostname hostB.lab &&"
                  + " echo hostB.lab > /etc/hostname; }\n");
    }
    assertThat(
            Scene.healthy()
                .source("libvirt/hostname", "localhost\n")
                .judge("hostname-not-localhost")
                .status())
        .isEqualTo(Status.PASS);
  }

  @Test
  void withoutAFullNameTheAddressIsAnnounced() {
    Scene scene =
        Scene.healthy()
            .destinationNamed("root@10.77.0.12:22")
            .destination("libvirt/hostname", "localhost\n");
    assertThat(Scene.commands(scene.judge("hostname-not-localhost")))
        .contains("printf 'migration_host = \"%s\"\\n' 10.77.0.12 >> /etc/libvirt/qemu.conf")
        .contains("systemctl restart libvirtd");
  }

  @Test
  void configuredNameWins() {
    Scene scene =
        Scene.healthy()
            .destination("libvirt/hostname", "localhost\n")
            .destination("libvirt/migration-host", "migration_host = \"10.77.0.12\" # fast net\n");
    assertThat(scene.judge("hostname-not-localhost").status()).isEqualTo(Status.PASS);
    scene.destinationFails(
        "libvirt/migration-host", 2, "grep: /etc/libvirt/qemu.conf: Permission denied\n");
    assertThat(scene.judge("hostname-not-localhost").status()).isEqualTo(Status.ERROR);
  }
}
