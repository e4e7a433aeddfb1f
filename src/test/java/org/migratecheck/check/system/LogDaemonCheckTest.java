package org.migratecheck.check.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Status;

/** Whether the destination has the daemon that keeps the logs of guests. */
final class LogDaemonCheckTest {
  @Test
  void theDaemonOfTheLogs() {
    assertThat(status(Scene.healthy(), "log-daemon")).isEqualTo(Status.PASS);
    Finding silent =
        Scene.healthy().destination("platform/log-daemon", "end\n").judge("log-daemon");
    assertThat(silent.status()).isEqualTo(Status.FAIL);
    assertThat(Scene.commands(silent))
        .isEqualTo(
            "hostB.lab: systemctl unmask virtlogd.socket virtlogd.service; systemctl enable --now"
                + " virtlogd.socket\n");
    // The source is not asked for anything.
    assertThat(status(Scene.healthy().source("platform/log-daemon", "end\n"), "log-daemon"))
        .isEqualTo(Status.PASS);
    assertThat(
            status(
                Scene.healthy().destination("platform/log-daemon", "handler file\nend\n"),
                "log-daemon"))
        .isEqualTo(Status.SKIPPED);
    assertThat(
            status(
                Scene.healthy()
                    .destination("platform/log-daemon", "end\n")
                    .editDestination(
                        "libvirt/version",
                        v -> v.replaceAll("libvirt [0-9.]+|daemon: [0-9.]+", "daemon: 1.2.17")),
                "log-daemon"))
        .isEqualTo(Status.SKIPPED);
    for (String bad : List.of("", "listens\n", "handler \nend\n", "nonsense\nend\n")) {
      assertThat(status(Scene.healthy().destination("platform/log-daemon", bad), "log-daemon"))
          .as(bad)
          .isEqualTo(Status.ERROR);
    }
  }

  private static Status status(Scene scene, String check) {
    return scene.judge(check).status();
  }
}
