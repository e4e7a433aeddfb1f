package org.migratecheck.check.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Status;

class PlatformChecksTest {
  private static final String FAILED = "error: failed to get emulator capabilities\n";
  private static final String NO_EMULATOR =
      FAILED + "error: Cannot check QEMU binary /usr/libexec/qemu-kvm: No such file or directory\n";
  private static final String NO_MACHINE =
      FAILED
          + "error: invalid argument: the machine 'pc-q35-rhel9.2.0' is not supported by emulator"
          + " '/usr/libexec/qemu-kvm'\n";

  @Test
  void absentEmulatorIsInstalledOrLinked() {
    Scene scene =
        Scene.healthy()
            .linkDestination("guest-fit/platform", 1, "", NO_EMULATOR)
            .linkDestination("guest-fit/cpu", 1, "", NO_EMULATOR)
            .linkDestination("guest-fit/rehearsal", 1, "", NO_EMULATOR);
    Finding elsewhere = scene.judge("emulator-on-destination");
    assertThat(elsewhere.status()).isEqualTo(Status.FAIL);
    assertThat(elsewhere.message())
        .isEqualTo(
            "/usr/libexec/qemu-kvm, which guest runs on, does not exist on hostB.lab, whose"
                + " emulator is /usr/bin/qemu-system-x86_64");
    assertThat(Scene.commands(elsewhere))
        .isEqualTo("hostB.lab: ln -s /usr/bin/qemu-system-x86_64 /usr/libexec/qemu-kvm\n");
    scene.editDestination("libvirt/capabilities", c -> c.replaceAll("(?s)<guest>.*</guest>", ""));
    assertThat(Scene.commands(scene.judge("emulator-on-destination")))
        .isEqualTo("hostB.lab: dnf -y install qemu-kvm\n");
    for (String id :
        new String[] {
          "machine-type-on-destination", "guest-cpu-on-destination", "destination-accepts-guest"
        }) {
      assertThat(scene.judge(id).status()).as(id).isEqualTo(Status.SKIPPED);
    }
  }

  @Test
  void brokenEmulatorIsReinstalled() {
    Finding finding =
        Scene.healthy()
            .linkDestination(
                "guest-fit/platform",
                1,
                "",
                FAILED
                    + "error: internal error: Failed to start QEMU binary /usr/libexec/qemu-kvm for"
                    + " probing: error while loading shared libraries\n")
            .judge("emulator-on-destination");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).contains("does not work on hostB.lab").contains("for probing");
    assertThat(Scene.commands(finding)).isEqualTo("hostB.lab: dnf -y reinstall 'qemu-kvm*'\n");
  }

  @Test
  void emulatorOfWhichLibvirtOnlyRemembersThatItWorked() {
    Finding finding =
        Scene.healthy()
            .linkDestination(
                "guest-fit/platform",
                1,
                "<domainCapabilities>\n",
                "error: it cannot be started: /usr/libexec/qemu-kvm: error while loading shared libraries:"
                    + " libpixman-1.so.0: cannot open shared object file: No such file or"
                    + " directory\n")
            .judge("emulator-on-destination");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .contains("does not work on hostB.lab")
        .contains("libpixman-1.so.0");
    assertThat(Scene.commands(finding)).contains("reinstall");
  }

  @Test
  void unknownMachineType() {
    Scene scene = Scene.healthy().linkDestination("guest-fit/platform", 1, "", NO_MACHINE);
    Finding finding = scene.judge("machine-type-on-destination");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.errors())
        .containsExactly(
            "unsupported configuration: Emulator '/usr/libexec/qemu-kvm' does not support machine"
                + " type 'pc-q35-rhel9.2.0'");
    assertThat(scene.judge("emulator-on-destination").status()).isEqualTo(Status.PASS);
  }

  @Test
  void silentLibvirtIsNoRefusal() {
    Scene scene =
        Scene.healthy()
            .linkDestination(
                "guest-fit/platform", 1, "", "error: failed to connect to the hypervisor\n");
    assertThat(scene.judge("machine-type-on-destination").status()).isEqualTo(Status.ERROR);
    assertThat(scene.judge("emulator-on-destination").status()).isEqualTo(Status.ERROR);
  }

  @Test
  void descriptionIsRefused() {
    String refused =
        "error: unsupported configuration: domain configuration does not support video model"
            + " 'qxl'\n";
    Scene scene = Scene.healthy().linkDestination("guest-fit/rehearsal", 1, "", refused);
    Finding finding = scene.judge("destination-accepts-guest");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).endsWith("does not support video model 'qxl'");
    scene.linkSource("guest-fit/rehearsal", 1, "", refused);
    assertThat(scene.judge("destination-accepts-guest").status()).isEqualTo(Status.WARN);
  }
}
