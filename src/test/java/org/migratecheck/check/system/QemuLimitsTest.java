package org.migratecheck.check.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Status;

/** QEMU may not have enough threads or open files; outputs are those of a lab host. */
class QemuLimitsTest {
  private static final String LIMITS =
      """
      processes 96364
      files 20000
      user 107
      threads 4
      all-threads 1028
      threads-max 192729
      pid_max 4194304
      slice-max max
      slice-threads 12
      end
      """;
  private static final String RUNNING = "7.2.22\t/usr/bin/qemu-system-x86_64\tguest\n";

  private static Scene scene(String from, String to) {
    return Scene.healthy()
        .destination("qemu-access/configuration", "end\n")
        .source("qemu-running", RUNNING + "files\t19\tguest\n")
        .linkDestinationPart("libvirt-directories", "")
        .linkDestinationPart("libvirt-directories/limits", LIMITS.replace(from, to));
  }

  private static Scene conf(String line) {
    return scene("", "").destination("qemu-access/configuration", line + "\nend\n");
  }

  private static Finding judge(Scene scene) {
    return scene.judge("qemu-limits");
  }

  @Test
  void enough() {
    assertThat(judge(scene("", "")).status()).isEqualTo(Status.PASS);
    assertThat(judge(scene("processes 96364", "processes unlimited")).status())
        .isEqualTo(Status.PASS);
    assertThat(judge(conf("max_processes = 0")).status()).isEqualTo(Status.PASS);
    assertThat(judge(conf("max_files = 20 # few").source("qemu-running", RUNNING)).status())
        .isEqualTo(Status.PASS);
  }

  @Test
  void tooFewThreads() {
    Finding set = judge(conf("max_processes = 8"));
    assertThat(set.status()).isEqualTo(Status.FAIL);
    assertThat(set.message()).contains("needs at least 5 threads").contains("leaves 4");
    assertThat(Scene.commands(set)).contains("max_processes");
    assertThat(judge(conf("max_processes = 9")).status()).isEqualTo(Status.WARN);
    assertThat(judge(conf("max_processes = 80")).status()).isEqualTo(Status.PASS);
    Finding inherited = judge(scene("processes 96364", "processes 6"));
    assertThat(inherited.status()).isEqualTo(Status.FAIL);
    assertThat(Scene.commands(inherited)).contains("'max_processes = %s\\n' 649");
    Finding kernel = judge(scene("threads-max 192729", "threads-max 1030"));
    assertThat(kernel.status()).isEqualTo(Status.FAIL);
    assertThat(kernel.message()).contains("room for 2 more");
    assertThat(judge(scene("pid_max 4194304", "pid_max 1030")).status()).isEqualTo(Status.FAIL);
    Finding slice = judge(scene("slice-max max", "slice-max 13"));
    assertThat(slice.status()).isEqualTo(Status.FAIL);
    assertThat(Scene.commands(slice)).contains("machine.slice");
  }

  @Test
  void rootHasNoLimitOfThreads() {
    assertThat(judge(conf("max_processes = 2")).status()).isEqualTo(Status.FAIL);
    Scene root = scene("user 107", "user 0");
    root.destination("qemu-access/configuration", "max_processes = 2\nend\n");
    assertThat(judge(root).status()).isEqualTo(Status.PASS);
  }

  @Test
  void tooFewFiles() {
    Finding set = judge(conf("max_files = 10"));
    assertThat(set.status()).isEqualTo(Status.FAIL);
    assertThat(set.message()).contains("has 19 files open");
    assertThat(judge(conf("max_files = 18")).status()).isEqualTo(Status.WARN);
    Finding inherited = judge(scene("files 20000", "files 10"));
    assertThat(inherited.status()).isEqualTo(Status.FAIL);
    assertThat(Scene.commands(inherited)).contains("'max_files = %s\\n' 1024");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "files 10",
        "files ten\nend\n",
        "<html>\nend\n",
        "files 1 2\nend\n",
        "x 1\nend"
      })
  void whatCannotBeReadIsAnError(String text) {
    assertThat(
            judge(scene("", "").linkDestinationPart("libvirt-directories/limits", text)).status())
        .isEqualTo(Status.ERROR);
  }
}
