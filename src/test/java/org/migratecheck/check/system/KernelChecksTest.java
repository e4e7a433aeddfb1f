package org.migratecheck.check.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Policy;
import org.migratecheck.model.Status;

class KernelChecksTest {
  private static final String OLD = "Linux 5.14.0-284.11.1.el9_2.x86_64 x86_64\n";
  private static final String NEW = "Linux 5.14.0-284.40.1.el9_2.x86_64 x86_64\n";

  @Test
  void installedButNotRunningKernelNeedsAReboot() {
    Finding finding = Scene.healthy().destination("system/uname", OLD).judge("kernel-running-same");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .isEqualTo(
            "hostB.lab runs kernel 5.14.0-284.11.1.el9_2.x86_64, hostA.lab runs"
                + " 5.14.0-284.30.1.el9_2.x86_64; hostB.lab has it installed and needs a reboot");
    assertThat(Scene.commands(finding)).isEqualTo("hostB.lab: systemctl reboot\n");
  }

  @Test
  void absentKernelIsInstalledOnTheOlderHost() {
    Scene scene = Scene.healthy().destination("system/uname", NEW);
    Finding finding = scene.judge("kernel-running-same");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(Scene.commands(finding))
        .isEqualTo(
            "hostA.lab: dnf -y install kernel-5.14.0-284.40.1.el9_2 || dnf -y install"
                + " kernel-core-5.14.0-284.40.1.el9_2\n");
    assertThat(scene.judge("kernel-running-same", Policy.COMPATIBLE).status())
        .isEqualTo(Status.WARN);
  }

  @Test
  void unreadableKernelIsNoPass() {
    Scene scene = Scene.healthy().destination("system/uname", "");
    assertThat(scene.judge("kernel-running-same").status()).isEqualTo(Status.ERROR);
  }

  @Test
  void newerInstalledKernelIsPending() {
    Scene scene =
        booted()
            .editSource(
                "packages/list",
                l -> l + "kernel-core\t0\t5.14.0\t284.40.1.el9_2\tx86_64\t1700000000\n");
    Finding finding = scene.judge("reboot-pending");
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.message())
        .isEqualTo(
            "hostA.lab runs kernel 5.14.0-284.30.1.el9_2.x86_64, but has"
                + " kernel-core-5.14.0-284.40.1.el9_2.x86_64 installed: it needs a reboot");
    assertThat(scene.judge("kernel-running-same").status()).isEqualTo(Status.PASS);
  }

  @Test
  void upToDateHostPasses() {
    assertThat(booted().judge("reboot-pending").status()).isEqualTo(Status.PASS);
  }

  @Test
  void updateOfWhatIsReadAtBootIsPending() {
    Scene scene =
        booted()
            .editSource("packages/list", l -> l.replaceAll("(glibc\t.*\t)\\d+", "$11900000000"));
    assertThat(scene.judge("reboot-pending").message())
        .isEqualTo("hostA.lab was not rebooted since an update of glibc");
  }

  @Test
  void requestOfThePackageSystemIsPending() {
    Scene scene = booted().source("system/reboot-required", "required\nlinux-base\nlibc6\n");
    assertThat(scene.judge("reboot-pending").message())
        .isEqualTo("hostA.lab asks for a reboot after an update of linux-base, libc6");
  }

  @Test
  void kernelOfNoPackageIsTold() {
    Scene scene = booted().source("system/uname", "Linux 6.9.1-custom x86_64\n");
    assertThat(scene.judge("reboot-pending").status()).isEqualTo(Status.WARN);
    assertThat(scene.judge("reboot-pending").message()).contains("belongs to no installed package");
  }

  /** The recorded packages were installed after the recorded boot. */
  private static Scene booted() {
    return Scene.healthy().source("system/boot-time", "btime 1800000000\n");
  }
}
