package org.migratecheck.check.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Policy;
import org.migratecheck.model.ProbeOutput;
import org.migratecheck.model.Status;

class LibvirtChecksTest {
  private static final String DOWN =
      """
      error: failed to connect to the hypervisor
      error: Failed to connect socket to '/var/run/libvirt/libvirt-sock': No such file or directory
      """;

  @Test
  void silentMonolithicDaemonIsStarted() {
    Scene scene = Scene.healthy().sourceFails("libvirt/uri", 1, DOWN).source("libvirt/sockets", "");
    Finding finding = scene.judge("libvirt-answers");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .isEqualTo(
            "libvirt does not answer on hostA.lab: Failed to connect socket to"
                + " '/var/run/libvirt/libvirt-sock': No such file or directory");
    assertThat(Scene.commands(finding))
        .isEqualTo("hostA.lab: systemctl enable --now virtlogd.socket libvirtd\n");
    assertThat(Scene.commands(scene.source("tools", "ip\n").judge("libvirt-answers")))
        .isEqualTo("hostA.lab: virtlogd -d; libvirtd -d\n");
    assertThat(scene.judgeDestination("libvirt-answers").status()).isEqualTo(Status.PASS);
  }

  @Test
  void silentModularDaemonsAreStarted() {
    Scene scene =
        Scene.healthy()
            .sourceFails("libvirt/uri", 1, DOWN.replace("libvirt-sock", "virtqemud-sock"))
            .source("libvirt/sockets", "")
            .source("libvirt/daemons", "virtqemud\nlibvirtd\n");
    assertThat(Scene.commands(scene.judge("libvirt-answers")))
        .contains("systemctl enable --now \"virt${d}d.socket\"");
  }

  @Test
  void whatIsMissingIsNamed() {
    Scene noClient = Scene.healthy().sourceFails("libvirt/uri", 127, "timeout: no virsh\n");
    assertThat(Scene.commands(noClient.judge("libvirt-answers")))
        .isEqualTo("hostA.lab: dnf -y install libvirt-client\n");
    Scene noDaemon =
        Scene.healthy()
            .sourceFails("libvirt/uri", 1, DOWN)
            .source("libvirt/sockets", "")
            .source("libvirt/daemons", "");
    assertThat(noDaemon.judge("libvirt-answers").message())
        .isEqualTo("There is no libvirt daemon on hostA.lab");
    Scene noDriver =
        Scene.healthy()
            .sourceFails(
                "libvirt/uri",
                1,
                "error: failed to connect to the hypervisor\n"
                    + "error: no connection driver available for qemu:///system\n");
    assertThat(noDriver.judge("libvirt-answers").message()).contains("has no driver for QEMU");
  }

  @Test
  void missingRightsAndDeadlinesAreUndeterminedNotDown() {
    Finding denied =
        Scene.healthy()
            .sourceFails(
                "libvirt/uri",
                1,
                "error: failed to connect to the hypervisor\n"
                    + "error: authentication unavailable: no polkit agent available\n")
            .judge("libvirt-answers");
    assertThat(denied.status()).isEqualTo(Status.ERROR);
    assertThat(denied.fix().text()).contains("--sudo");
    Finding hangs =
        Scene.healthy()
            .sourceOutput(
                "libvirt/uri",
                new ProbeOutput(ProbeOutput.Completeness.TIMED_OUT, 124, "", "", 30_000))
            .judge("libvirt-answers");
    assertThat(hangs.status()).isEqualTo(Status.ERROR);
  }

  @Test
  void libvirtVersionsHaveADirection() {
    Scene older =
        Scene.healthy()
            .editDestination("libvirt/version", v -> v.replace("daemon: 9.0.0", "daemon: 8.10.0"));
    for (Policy policy : Policy.values()) {
      Finding finding = older.judge("libvirt-version", policy);
      assertThat(finding.status()).isEqualTo(Status.FAIL);
      assertThat(finding.message())
          .isEqualTo("libvirt 8.10.0 on hostB.lab is older than 9.0.0 on hostA.lab");
    }
    Scene newer =
        Scene.healthy()
            .editDestination("libvirt/version", v -> v.replace("daemon: 9.0.0", "daemon: 10.0.0"));
    assertThat(newer.judge("libvirt-version").status()).isEqualTo(Status.FAIL);
    assertThat(Scene.commands(newer.judge("libvirt-version"))).startsWith("hostA.lab: dnf -y");
    assertThat(newer.judge("libvirt-version", Policy.COMPATIBLE).status()).isEqualTo(Status.PASS);
  }

  @Test
  void emulatorVersionsHaveADirection() {
    Scene older =
        Scene.healthy()
            .editDestination("libvirt/version", v -> v.replace("QEMU 7.2.22", "QEMU 7.2.9"));
    assertThat(older.judge("qemu-version", Policy.COMPATIBLE).status()).isEqualTo(Status.FAIL);
    Scene newer =
        Scene.healthy()
            .editDestination("libvirt/version", v -> v.replace("QEMU 7.2.22", "QEMU 8.0.0"));
    assertThat(newer.judge("qemu-version").status()).isEqualTo(Status.FAIL);
    assertThat(newer.judge("qemu-version", Policy.COMPATIBLE).status()).isEqualTo(Status.PASS);
  }

  @Test
  void versionsOfASilentLibvirtAreNoPass() {
    Scene scene = Scene.healthy().destinationFails("libvirt/version", 1, DOWN);
    for (String id : new String[] {"libvirt-version", "qemu-version", "guest-qemu-not-newer"}) {
      assertThat(scene.judge(id).status()).isEqualTo(Status.ERROR);
    }
  }

  @Test
  void guestRunsANewerEmulatorThanWasInstalledSince() {
    Scene scene =
        Scene.healthy()
            .source(
                "qemu-running",
                "8.1.0 (qemu-kvm-8.1.0-4.el9)\t/usr/libexec/qemu-kvm (deleted)\tguest\n");
    Finding finding = scene.judge("guest-qemu-not-newer");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).isEqualTo("guest runs QEMU 8.1.0, hostB.lab has 7.2.22");
    Scene older =
        Scene.healthy().source("qemu-running", "6.2.0\t/usr/libexec/qemu-kvm (deleted)\tguest\n");
    assertThat(older.judge("guest-qemu-not-newer").status()).isEqualTo(Status.PASS);
  }

  @Test
  void unknownRunningEmulatorIsTheInstalledOneUnlessItWasReplaced() {
    Scene same = Scene.healthy().source("qemu-running", "\t/usr/libexec/qemu-kvm\tguest\n");
    assertThat(same.judge("guest-qemu-not-newer").status()).isEqualTo(Status.PASS);
    Scene replaced =
        Scene.healthy().source("qemu-running", "\t/usr/libexec/qemu-kvm (deleted)\tguest\n");
    assertThat(replaced.judge("guest-qemu-not-newer").status()).isEqualTo(Status.ERROR);
    Scene none = Scene.healthy().source("qemu-running", "");
    assertThat(none.judge("guest-qemu-not-newer").status()).isEqualTo(Status.ERROR);
  }
}
