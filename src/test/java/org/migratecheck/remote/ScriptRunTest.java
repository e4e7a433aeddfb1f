package org.migratecheck.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.migratecheck.model.HostFailure.Kind;

/** Scripts on hosts that answer too much, too late, or not at all. */
class ScriptRunTest {
  private static final byte[] CHUNK = new byte[64 * 1024];

  @TempDir Path temp;
  private EmbeddedSshd host;
  private HostConnection connection;

  @BeforeEach
  void connect() throws Exception {
    Arrays.fill(CHUNK, (byte) 'x');
    host = EmbeddedSshd.start();
    connection =
        new SshConnector(TestHome.knowing(host, temp).environment())
            .connect(TestHome.spec(host), ConnectOptions.defaults());
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
    host.close();
  }

  private static ScriptLimits limits(Duration deadline, int stdout, int stderr) {
    return new ScriptLimits(deadline, stdout, stderr);
  }

  /** Plays a shell up to the line that shows that it runs, which it repeats on stderr. */
  private static void begin(InputStream in, OutputStream err) throws Exception {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    err.write((line.toString().replaceAll("^echo | >&2$", "") + "\n").getBytes(UTF_8));
    err.flush();
  }

  @Test
  void endlessOutputIsCutAtItsCap() throws Exception {
    host.handler(
        (command, in, out, err) -> {
          begin(in, err);
          while (true) {
            out.write(CHUNK);
          }
        });
    ScriptResult result = connection.run(":\n", limits(Duration.ofSeconds(30), 300_000, 1000));
    assertThat(result.cut()).isTrue();
    assertThat(result.timedOut()).isFalse();
    assertThat(result.exitStatus()).isEmpty();
    assertThat(result.stdout()).hasSize(300_000);
  }

  @Test
  void endlessErrorsNeitherStallTheOutputNorAreKept() throws Exception {
    CountDownLatch stop = new CountDownLatch(1);
    host.handler(
        (command, in, out, err) -> {
          begin(in, err);
          Thread errors =
              new Thread(
                  () -> {
                    try {
                      while (stop.getCount() > 0) {
                        err.write(CHUNK);
                      }
                    } catch (IOException e) {
                      // The channel is closed.
                    }
                  });
          errors.start();
          for (int i = 0; i < 100; i++) {
            out.write(CHUNK);
          }
          stop.countDown();
          errors.join();
          return 0;
        });
    ScriptResult result = connection.run(":\n", limits(Duration.ofSeconds(30), 8 << 20, 1000));
    assertThat(result.stdout()).hasSize(100 * CHUNK.length);
    assertThat(result.stderr()).hasSize(1000);
    assertThat(result.exitStatus()).contains(0);
    assertThat(result.cut()).isFalse();
  }

  @Test
  void aCommandThatHangsEndsAtTheDeadlineAndTheConnectionLives() throws Exception {
    host.handler(
        (command, in, out, err) -> {
          begin(in, err);
          out.write("partial".getBytes(UTF_8));
          out.flush();
          Thread.sleep(60_000);
          return 0;
        });
    Instant start = Instant.now();
    ScriptResult result = connection.run(":\n", limits(Duration.ofSeconds(3), 1000, 1000));
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
    assertThat(result.timedOut()).isTrue();
    assertThat(result.exitStatus()).isEmpty();
    assertThat(new String(result.stdout(), UTF_8)).isEqualTo("partial");

    host.handler(EmbeddedSshd.SHELL);
    assertThat(connection.run("exit 4\n", TestHome.limits()).exitStatus()).contains(4);
  }

  @Test
  void oneByteASecondEndsAtTheDeadline() throws Exception {
    host.handler(
        (command, in, out, err) -> {
          begin(in, err);
          while (true) {
            out.write('x');
            out.flush();
            Thread.sleep(100);
          }
        });
    ScriptResult result = connection.run(":\n", limits(Duration.ofSeconds(3), 1000, 1000));
    assertThat(result.timedOut()).isTrue();
    assertThat(result.stdout().length).isBetween(1, 40);
  }

  @Test
  void aHostThatDoesNotReadTheScriptEndsAtTheDeadline() throws Exception {
    host.handler(
        (command, in, out, err) -> {
          begin(in, err);
          Thread.sleep(60_000);
          return 0;
        });
    String large = "# " + "x".repeat(20 << 20) + "\n";
    ScriptResult result = connection.run(large, limits(Duration.ofSeconds(3), 1000, 1000));
    assertThat(result.timedOut()).isTrue();
  }

  @Test
  void aConnectionThatDropsMidOutputGivesNoExitStatus() throws Exception {
    host.handler(
        (command, in, out, err) -> {
          begin(in, err);
          out.write("half".getBytes(UTF_8));
          out.flush();
          Thread.sleep(200);
          host.dropConnections();
          return 0;
        });
    ScriptResult result = connection.run(":\n", TestHome.limits());
    assertThat(result.exitStatus()).isEmpty();
    assertThat(result.timedOut()).isFalse();
    assertThat(result.cut()).isFalse();
    assertThat(new String(result.stdout(), UTF_8)).isEqualTo("half");

    ConnectionException e =
        catchThrowableOfType(
            ConnectionException.class, () -> connection.run(":\n", TestHome.limits()));
    assertThat(e.failure().kind()).isEqualTo(Kind.UNREACHABLE);
  }

  @Test
  void aCommandWithoutExitStatusIsNotTakenForSuccess() throws Exception {
    host.handler(
        (command, in, out, err) -> {
          begin(in, err);
          out.write("all of it\n".getBytes(UTF_8));
          return -1;
        });
    ScriptResult result = connection.run(":\n", TestHome.limits());
    assertThat(result.exitStatus()).isEmpty();
    assertThat(result.timedOut()).isFalse();
    assertThat(new String(result.stdout(), UTF_8)).isEqualTo("all of it\n");
  }

  @Test
  void theExitStatusIsNeverLost() throws Exception {
    // It comes after the end of the output: JSch reports -1 until then.
    for (int i = 0; i < 60; i++) {
      int status = i % 7;
      ScriptResult result = connection.run("echo " + i + "; exit " + status, TestHome.limits());
      assertThat(result.exitStatus()).contains(status);
      assertThat(new String(result.stdout(), UTF_8)).isEqualTo(i + "\n");
    }
  }

  @Test
  void aLargeScriptAndBinaryOutputArriveWhole() throws Exception {
    String script = ": '" + "y".repeat(3 << 20) + "'\nprintf '\\000\\377\\200\\n'\n";
    ScriptResult result = connection.run(script, TestHome.limits());
    assertThat(result.stdout()).containsExactly(0, 0xff, 0x80, '\n');
    assertThat(result.exitStatus()).contains(0);
  }

  @Test
  void aLoginShellThatRunsNothingIsNamed() throws Exception {
    host.handler(
        (command, in, out, err) -> {
          out.write("This account is currently not available.\u001b[2J\n".getBytes(UTF_8));
          return 1;
        });
    ConnectionException e =
        catchThrowableOfType(
            ConnectionException.class, () -> connection.run(":\n", TestHome.limits()));
    assertThat(e.failure().kind()).isEqualTo(Kind.SHELL);
    assertThat(e.getMessage())
        .endsWith("runs no commands: This account is currently not available.\\x1b[2J");
  }

  @Test
  void aStartUpFileThatHangsIsNamed() throws Exception {
    host.handler(
        (command, in, out, err) -> {
          err.write("Enter your name: ".getBytes(UTF_8));
          err.flush();
          Thread.sleep(60_000);
          return 0;
        });
    ConnectionException e =
        catchThrowableOfType(
            ConnectionException.class,
            () -> connection.run(":\n", limits(Duration.ofSeconds(2), 1000, 1000)));
    assertThat(e.failure().kind()).isEqualTo(Kind.TIMED_OUT);
    assertThat(e.getMessage()).endsWith("Enter your name:");
  }

  @Test
  void noiseOfStartUpFilesComesBeforeTheScriptsOwnErrors() throws Exception {
    host.handler(
        (command, in, out, err) -> {
          err.write("bashrc: warning\n".getBytes(UTF_8));
          begin(in, err);
          err.write("script\n".getBytes(UTF_8));
          return 0;
        });
    ScriptResult result = connection.run(":\n", TestHome.limits());
    assertThat(new String(result.stderr(), UTF_8)).isEqualTo("bashrc: warning\nscript\n");
  }

  @Test
  void closingEndsTheSessionAndLeavesNoThreadThatKeepsTheProcess() throws Exception {
    connection.run("exit 0\n", TestHome.limits());
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(t -> t.getName().contains("127.0.0.1"))
        .isNotEmpty()
        .allMatch(Thread::isDaemon);
    connection.close();
    for (int i = 0; i < 100 && host.connections() > 0; i++) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    assertThat(host.connections()).isZero();
  }
}
