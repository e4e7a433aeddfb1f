package org.migratecheck.check.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Policy;
import org.migratecheck.model.Status;

class OsChecksTest {
  private static final String DEBIAN =
      """
      PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
      NAME="Debian GNU/Linux"
      VERSION_ID="12"
      VERSION="12 (bookworm)"
      ID=debian
      """;

  private static Scene release(Scene scene, boolean onSource, String version) {
    String release = "Red Hat Enterprise Linux release " + version + " (Plow)\n";
    java.util.function.UnaryOperator<String> edit = s -> s.replace("9.2", version);
    return onSource
        ? scene.editSource("system/os-release", edit).source("system/redhat-release", release)
        : scene
            .editDestination("system/os-release", edit)
            .destination("system/redhat-release", release);
  }

  @Test
  void anotherDistributionIsNotedAndStillJudged() {
    Scene scene =
        Scene.healthy()
            .both("system/os-release", DEBIAN)
            .both("system/debian-version", "12.11\n")
            .sourceFails("system/redhat-release", 1, "cat: /etc/redhat-release: No such file\n")
            .destinationFails("system/redhat-release", 1, "cat: No such file\n");
    assertThat(scene.judge("os-is-rhel").status()).isEqualTo(Status.WARN);
    assertThat(scene.judge("os-is-rhel").message()).contains("hostA.lab runs 'debian', not RHEL");
    assertThat(scene.judge("os-same").status()).isEqualTo(Status.PASS);
    assertThat(scene.judge("os-version-same").observed().get(0).source()).isEqualTo("12.11");
  }

  @Test
  void distributionsDiffer() {
    Scene scene = Scene.healthy().destination("system/os-release", DEBIAN);
    Finding finding = scene.judge("os-same");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).isEqualTo("hostA.lab runs 'rhel', hostB.lab runs 'debian'");
    assertThat(scene.judge("os-version-same").status()).isEqualTo(Status.SKIPPED);
    assertThat(scene.judge("packages-same").status()).isEqualTo(Status.PASS);
  }

  @Test
  void olderMinorReleaseOnTheDestinationBlocksUnderEveryPolicy() {
    Scene scene = release(Scene.healthy(), false, "9.1");
    for (Policy policy : Policy.values()) {
      Finding finding = scene.judge("os-version-same", policy);
      assertThat(finding.status()).isEqualTo(Status.FAIL);
      assertThat(finding.message())
          .isEqualTo("hostB.lab runs release 9.1, which is older than 9.2 on hostA.lab");
    }
    assertThat(Scene.commands(scene.judge("os-version-same")))
        .isEqualTo("hostB.lab: dnf -y --releasever=9.2 upgrade\n");
  }

  @Test
  void newerMinorReleaseOnTheDestinationBlocksUnderStrictOnly() {
    Scene scene = release(Scene.healthy(), false, "9.10");
    Finding strict = scene.judge("os-version-same");
    assertThat(strict.status()).isEqualTo(Status.FAIL);
    assertThat(Scene.commands(strict)).isEqualTo("hostA.lab: dnf -y --releasever=9.10 upgrade\n");
    assertThat(scene.judge("os-version-same", Policy.COMPATIBLE).status()).isEqualTo(Status.PASS);
  }

  @Test
  void newerMajorReleaseWarnsUnderCompatible() {
    Scene scene = release(Scene.healthy(), false, "10.0");
    assertThat(scene.judge("os-version-same").status()).isEqualTo(Status.FAIL);
    assertThat(scene.judge("os-version-same", Policy.COMPATIBLE).status()).isEqualTo(Status.WARN);
    Scene back = release(Scene.healthy(), false, "8.10");
    assertThat(back.judge("os-version-same", Policy.COMPATIBLE).status()).isEqualTo(Status.FAIL);
    assertThat(back.judge("os-version-same").message()).contains("a major release older");
  }

  @Test
  void unreadableReleaseIsNoPass() {
    Scene scene =
        Scene.healthy()
            .sourceFails("system/os-release", 1, "cat: /etc/os-release: No such file or directory")
            .sourceFails("system/redhat-release", 1, "cat: No such file or directory");
    for (String id : new String[] {"os-is-rhel", "os-same", "os-version-same"}) {
      assertThat(scene.judge(id).status()).as(id).isEqualTo(Status.ERROR);
    }
  }

  @Test
  void architecturesDiffer() {
    Scene scene =
        Scene.healthy()
            .destination("system/uname", "Linux 5.14.0-284.30.1.el9_2.aarch64 aarch64\n")
            .destination("system/page-size", "65536\n");
    assertThat(scene.judge("architecture-same").status()).isEqualTo(Status.FAIL);
    assertThat(scene.judge("architecture-same").message())
        .isEqualTo("hostA.lab is x86_64, hostB.lab is aarch64");
    Finding pages = scene.judge("page-size-same");
    assertThat(pages.status()).isEqualTo(Status.FAIL);
    assertThat(pages.message()).contains("4096 bytes on hostA.lab and 65536 bytes on hostB.lab");
  }
}
