package org.migratecheck.check.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Observed;
import org.migratecheck.model.Policy;
import org.migratecheck.model.Status;

class PackageChecksTest {
  private static final String STACK = "packages-virtualization-same";
  private static final String OTHERS = "packages-same";

  @Test
  void olderEmulatorOnTheDestinationIsUpdatedThereExactly() {
    Scene scene =
        Scene.healthy()
            .editDestination(
                "packages/list",
                l ->
                    l.replace(
                        "qemu-kvm-core\t17\t7.2.0\t14.el9_2.5",
                        "qemu-kvm-core\t17\t7.2.0\t14.el9_2.3"));
    for (Policy policy : Policy.values()) {
      Finding finding = scene.judge(STACK, policy);
      assertThat(finding.status()).isEqualTo(Status.FAIL);
      assertThat(finding.message())
          .isEqualTo(
              "1 virtualization package is older on hostB.lab than on hostA.lab: qemu-kvm-core"
                  + " 17:7.2.0-14.el9_2.3 instead of 17:7.2.0-14.el9_2.5");
      assertThat(finding.observed())
          .containsExactly(
              new Observed("qemu-kvm-core", "17:7.2.0-14.el9_2.5", "17:7.2.0-14.el9_2.3"));
    }
    assertThat(Scene.commands(scene.judge(STACK)))
        .isEqualTo("hostB.lab: dnf -y install qemu-kvm-core-17:7.2.0-14.el9_2.5.x86_64\n");
    assertThat(scene.judge(OTHERS).status()).isEqualTo(Status.PASS);
  }

  @Test
  void epochWinsOverVersion() {
    Scene scene =
        Scene.healthy()
            .editDestination(
                "packages/list", l -> l.replace("qemu-img\t17\t7.2.0", "qemu-img\t18\t7.1.0"));
    Finding strict = scene.judge(STACK);
    assertThat(strict.status()).isEqualTo(Status.FAIL);
    assertThat(Scene.commands(strict))
        .isEqualTo("hostA.lab: dnf -y install qemu-img-18:7.1.0-14.el9_2.5.x86_64\n");
    assertThat(scene.judge(STACK, Policy.COMPATIBLE).status()).isEqualTo(Status.WARN);
  }

  @Test
  void packageOnOneSideOnly() {
    Scene scene =
        Scene.healthy()
            .editDestination("packages/list", l -> l.replaceAll("(?m)^swtpm\t.*\n", ""))
            .editSource("packages/list", l -> l.replaceAll("(?m)^seabios-bin\t.*\n", ""));
    Finding finding = scene.judge(STACK);
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .isEqualTo(
            """
            1 virtualization package is missing on hostB.lab that hostA.lab has: swtpm 0.8.0-1.el9
            1 virtualization package is missing on hostA.lab that hostB.lab has: seabios-bin 1.16.1-1.el9""");
    assertThat(Scene.commands(finding))
        .isEqualTo(
            """
            hostB.lab: dnf -y install swtpm-0.8.0-1.el9.x86_64
            hostA.lab: dnf -y install seabios-bin-1.16.1-1.el9.noarch
            """);
    assertThat(scene.judge(STACK, Policy.COMPATIBLE).status()).isEqualTo(Status.WARN);
  }

  @Test
  void otherPackagesOnlyWarn() {
    Scene scene =
        Scene.healthy()
            .editDestination("packages/list", l -> l.replace("bash\t0\t5.1.8", "bash\t0\t5.1.4"));
    assertThat(scene.judge(STACK).status()).isEqualTo(Status.PASS);
    Finding finding = scene.judge(OTHERS);
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(Scene.commands(finding))
        .isEqualTo("hostB.lab: dnf -y install bash-5.1.8-6.el9_1.x86_64\n");
  }

  @Test
  void manyDifferencesAreCountedAndListedButNotPutIntoOneCommand() {
    String more =
        IntStream.range(0, 300)
            .mapToObj(i -> "lib" + i + "\t0\t1.0\t" + i + "\tx86_64\t1700000000\n")
            .collect(Collectors.joining());
    Scene scene =
        Scene.healthy()
            .editSource("packages/list", l -> l + more)
            .editDestination("packages/list", l -> l + more.replace("\t1.0\t", "\t0.9\t"));
    Finding finding = scene.judge(OTHERS);
    assertThat(finding.message())
        .startsWith(
            "300 packages are older on hostB.lab than on hostA.lab: lib0 0.9-0 instead of 1.0-0")
        .endsWith("and 296 more")
        .hasSizeLessThan(300);
    assertThat(finding.observed()).hasSize(300);
    assertThat(Scene.commands(finding)).isEqualTo("hostB.lab: dnf -y --refresh distro-sync\n");
  }

  @Test
  void leftOverOlderKernelMakesNoDifference() {
    Scene scene =
        Scene.healthy()
            .editDestination(
                "packages/list",
                l -> l + "kernel-core\t0\t5.14.0\t284.11.1.el9_2\tx86_64\t1700000000\n");
    assertThat(scene.judge(STACK).status()).isEqualTo(Status.PASS);
  }

  @Test
  void libraryOfTwoArchitecturesIsComparedByArchitecture() {
    Scene scene =
        Scene.healthy()
            .editDestination(
                "packages/list", l -> l + "libvirt-libs\t0\t9.0.0\t10.3.el9_2\ti686\t1700000000\n");
    assertThat(scene.judge(STACK).observed())
        .containsExactly(new Observed("libvirt-libs.i686", "", "9.0.0-10.3.el9_2"));
  }

  @Test
  void packageInTwoVersionsIsAnInterruptedUpdate() {
    Scene scene =
        Scene.healthy()
            .editSource(
                "packages/list",
                l -> l + "libvirt-libs\t0\t9.0.0\t10.2.el9_2\tx86_64\t1700000000\n");
    Finding finding = scene.judge(STACK);
    assertThat(finding.status()).isEqualTo(Status.ERROR);
    assertThat(finding.message()).contains("libvirt-libs is installed in several versions");
    assertThat(finding.fix().text()).contains("dnf remove --duplicates");
  }

  @Test
  void damagedOrEmptyDatabaseIsNoPass() {
    assertThat(Scene.healthy().source("packages/list", "").judge(STACK).message())
        .isEqualTo("hostA.lab: the rpm database lists no package at all");
    Finding damaged =
        Scene.healthy()
            .sourceOutput(
                "packages/list",
                Scene.output(
                    0,
                    "bash\t0\t5.1.8\t6.el9_1\tx86_64\t1700000000\n",
                    "error: rpmdbNextIterator: skipping h#     123 blob size(4): BAD\n"))
            .judge(STACK);
    assertThat(damaged.status()).isEqualTo(Status.ERROR);
    assertThat(damaged.fix().text()).contains("rpm --rebuilddb");
  }

  @Test
  void differentPackageSystemsCannotBeCompared() {
    Scene scene =
        Scene.healthy()
            .destination("packages/system", "dpkg\n")
            .destination("packages/list", "libc6:amd64\t2.36-9+deb12u10\tamd64\tii \n");
    assertThat(scene.judge(STACK).status()).isEqualTo(Status.SKIPPED);
  }

  @Test
  void debianVersionsAndCommands() {
    String list =
        """
        libc6:amd64\t2.36-9+deb12u10\tamd64\tii\s
        qemu-system-x86\t1:7.2+dfsg-7+deb12u18\tamd64\tii\s
        linux-image-6.1.0-32-amd64\t6.1.129-1\tamd64\tii\s
        linux-image-6.1.0-28-amd64\t6.1.119-1\tamd64\tii\s
        old-config\t1.0\tall\trc\s
        """;
    Scene scene =
        Scene.healthy()
            .both("packages/system", "dpkg\n")
            .source("packages/list", list)
            .destination(
                "packages/list",
                list.replace("deb12u18", "deb12u9")
                    .replace(
                        "linux-image-6.1.0-32-amd64\t6.1.129-1",
                        "linux-image-6.1.0-30-amd64\t6.1.124-1")
                    .replaceAll("(?m)^linux-image-6.1.0-28.*\n", ""))
            .destination("tools", "apt-get\n");
    Finding finding = scene.judge(STACK);
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.observed())
        .containsExactly(
            new Observed("linux-image-*-amd64", "6.1.129-1", "6.1.124-1"),
            new Observed("qemu-system-x86", "1:7.2+dfsg-7+deb12u18", "1:7.2+dfsg-7+deb12u9"));
    assertThat(Scene.commands(finding))
        .isEqualTo(
            "hostB.lab: apt-get update && apt-get -y install linux-image-6.1.0-32-amd64=6.1.129-1"
                + " qemu-system-x86=1:7.2+dfsg-7+deb12u18\n");
    assertThat(scene.judge(OTHERS).status()).isEqualTo(Status.PASS);
  }

  /** A version that looks like an option or a command must stay one harmless word. */
  @Test
  void hostileVersionsAreQuoted() {
    Scene scene =
        Scene.healthy()
            .editDestination(
                "packages/list", l -> l.replace("bash\t0\t5.1.8", "bash\t0\t5.1.9$(id)"));
    assertThat(Scene.commands(scene.judge(OTHERS)))
        .isEqualTo("hostA.lab: dnf -y install 'bash-5.1.9$(id)-6.el9_1.x86_64'\n");
  }

  @Test
  void bothChecksDivideThePackagesWithoutGapOrOverlap() throws Exception {
    String stack = Files.readString(Path.of("checks/system/" + STACK + ".yaml"));
    String others = Files.readString(Path.of("checks/system/" + OTHERS + ".yaml"));
    for (String key : new String[] {"  only: ", "  except: "}) {
      assertThat(line(others, key)).isNotBlank().isEqualTo(line(stack, key));
    }
  }

  private static String line(String text, String start) {
    return text.lines().filter(l -> l.startsWith(start)).findFirst().orElseThrow();
  }
}
