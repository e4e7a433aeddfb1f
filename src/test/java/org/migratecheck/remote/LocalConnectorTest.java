package org.migratecheck.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.migratecheck.model.HostFailure.Kind;

class LocalConnectorTest {
  @TempDir Path temp;

  private HostConnection connect(String user, SudoMode sudo) throws ConnectionException {
    SshEnvironment environment =
        new SshEnvironment(temp, user, Optional.empty(), Optional.empty(), Optional.empty(), temp);
    return new HostConnector(environment)
        .connect(HostSpec.parse("localhost"), ConnectOptions.defaults().withSudo(sudo));
  }

  private HostConnection connect() throws ConnectionException {
    return connect("root", SudoMode.NONE);
  }

  private static ScriptLimits limits(Duration deadline, int stdout) {
    return new ScriptLimits(deadline, stdout, 1000);
  }

  @Test
  void runsAScript() throws Exception {
    try (HostConnection connection = connect()) {
      ScriptResult result =
          connection.run("cat <<E\nout\nE\necho err >&2; exit 3\n", TestHome.limits());
      assertThat(new String(result.stdout(), UTF_8)).isEqualTo("out\n");
      assertThat(new String(result.stderr(), UTF_8)).isEqualTo("err\n");
      assertThat(result.exitStatus()).contains(3);
      assertThat(connection.identity().transport()).isEqualTo("local");
      assertThat(connection.identity().privileged()).isTrue();
    }
  }

  @Test
  void withoutRootOrSudoNothingIsPrivileged() throws Exception {
    assertThat(connect("ops", SudoMode.NONE).identity().privileged()).isFalse();
    assertThat(connect("ops", SudoMode.WITHOUT_PASSWORD).identity().privileged()).isTrue();
  }

  @Test
  void endlessOutputIsCut() throws Exception {
    ScriptResult result = connect().run("yes\n", limits(Duration.ofSeconds(20), 100_000));
    assertThat(result.cut()).isTrue();
    assertThat(result.stdout()).hasSize(100_000);
    assertThat(result.exitStatus()).isEmpty();
  }

  @Test
  void endlessErrorsDoNotStallTheOutput() throws Exception {
    ScriptResult result =
        connect()
            .run(
                "yes >&2 & head -c 5000000 /dev/zero; kill $!\n",
                limits(Duration.ofSeconds(20), 6_000_000));
    assertThat(result.stdout()).hasSize(5_000_000);
    assertThat(result.stderr()).hasSize(1000);
    assertThat(result.exitStatus()).isPresent();
  }

  @Test
  void theDeadlineEndsTheWholeTree() throws Exception {
    Instant start = Instant.now();
    ScriptResult result =
        connect()
            .run(
                "echo begun; (sleep 4712 & sleep 4712) & sleep 4712\n",
                limits(Duration.ofSeconds(3), 1000));
    assertThat(result.timedOut()).isTrue();
    assertThat(new String(result.stdout(), UTF_8)).isEqualTo("begun\n");
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
    for (int i = 0; i < 50 && running("sleep 4712") > 0; i++) {
      Thread.sleep(20);
    }
    assertThat(running("sleep 4712")).isZero();
  }

  private static long running(String command) {
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().commandLine().orElse("").contains(command))
        .count();
  }

  @Test
  void aBackgroundProcessThatKeepsTheOutputOpenDoesNotHoldTheRunForEver() throws Exception {
    Instant start = Instant.now();
    ScriptResult result =
        connect().run("sleep 30 & echo done\n", limits(Duration.ofSeconds(2), 1000));
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
    assertThat(new String(result.stdout(), UTF_8)).isEqualTo("done\n");
  }

  @Test
  void theExitStatusIsNeverLost() throws Exception {
    HostConnection connection = connect();
    for (int i = 0; i < 30; i++) {
      assertThat(connection.run("echo x; exit " + i, TestHome.limits()).exitStatus()).contains(i);
    }
  }

  @Test
  void sudoThatIsMissingOrRefusesIsAFailureOfItsOwn() throws IOException {
    // A user name that sudo cannot be about: what it answers depends on the machine, but the
    // script must never run unprivileged.
    ConnectionException e =
        catchThrowableOfType(
            ConnectionException.class,
            () -> {
              ScriptResult result =
                  connect("ops", SudoMode.WITHOUT_PASSWORD)
                      .run("[ \"$(id -u)\" = 0 ] || exit 99\n", TestHome.limits());
              assertThat(result.exitStatus()).contains(0);
            });
    if (e != null) {
      assertThat(e.failure().kind()).isEqualTo(Kind.SUDO);
    }
  }
}
