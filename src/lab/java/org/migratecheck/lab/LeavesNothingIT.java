package org.migratecheck.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A lab that was up leaves no process, namespace, mount or file. */
@RequiresLab
final class LeavesNothingIT {
  private static final String NAME = "lableft";

  @Test
  void downLeavesNothing() throws IOException {
    lab("up").orFail("lab up");
    lab("guest", "hostA").orFail("lab guest");
    List<String> processes = new ArrayList<>();
    for (String host : List.of("hostA", "hostB", "store", "ctl")) {
      String pids =
          Exec.run(Duration.ofSeconds(5), List.of("ip", "netns", "pids", NAME + "-" + host))
              .orFail("pids of " + host)
              .out();
      assertThat(pids).as("processes of %s", host).isNotBlank();
      pids.lines().map(String::strip).forEach(processes::add);
    }
    String guest =
        Exec.run(Duration.ofSeconds(5), List.of("pgrep", "-f", "qemu.*guest=guest")).out();
    assertThat(processes).as("the guest runs").containsAnyElementsOf(guest.lines().toList());

    lab("down").orFail("lab down");

    assertThat(processes).noneMatch(LeavesNothingIT::lives);
    assertThat(Files.readString(Path.of("/proc/self/mountinfo"))).doesNotContain(NAME);
    assertThat(Path.of("/run/migrate-check-" + NAME)).doesNotExist();
    assertThat(Exec.run(Duration.ofSeconds(5), List.of("ip", "netns")).out()).doesNotContain(NAME);
  }

  private static boolean lives(String pid) {
    try {
      return !Files.readString(Path.of("/proc", pid, "status")).contains("State:\tZ");
    } catch (IOException e) {
      return false;
    }
  }

  private static Exec lab(String... arguments) {
    var command =
        new ArrayList<String>(
            List.of("env", "LAB_NS=" + NAME, Lab.project().resolve("src/lab/sh/lab").toString()));
    command.addAll(List.of(arguments));
    return Exec.run(Duration.ofMinutes(2), command);
  }
}
