package org.migratecheck.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.migratecheck.model.HostFailure;
import org.migratecheck.model.HostFailure.Kind;

/** ProxyJump and ProxyCommand. */
class ProxyTest {
  private static final KeyPair JUMP_KEY = EmbeddedSshd.namedKey("jump", "EC", 256);

  @TempDir Path temp;
  private EmbeddedSshd target;
  private EmbeddedSshd jump;
  private TestHome home;

  @BeforeEach
  void start() throws Exception {
    target = EmbeddedSshd.start();
    jump = EmbeddedSshd.start(JUMP_KEY);
    home = TestHome.knowing(target, temp);
    jump.authorize(new KeyFile(home.key("id_ecdsa")).publicKey().orElseThrow().fingerprint());
  }

  @AfterEach
  void stop() throws IOException {
    target.close();
    jump.close();
  }

  private HostConnection connect() throws ConnectionException {
    return new SshConnector(home.environment())
        .connect(
            HostSpec.parse("target"),
            ConnectOptions.defaults().withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5)));
  }

  private HostFailure failure() {
    ConnectionException e =
        catchThrowableOfType(
            ConnectionException.class,
            () -> {
              connect().close();
            });
    assertThat(e).as("a failure").isNotNull();
    return e.failure();
  }

  private void configureTarget(String more) throws IOException {
    home.config("Host target\n HostName 127.0.0.1\n Port " + target.port() + "\n " + more + "\n");
  }

  private void knowJump() throws IOException {
    home.know(jump.knownHostsLine());
  }

  @Test
  void throughAJumpHost() throws Exception {
    configureTarget("ProxyJump ops@127.0.0.1:" + jump.port());
    knowJump();
    try (HostConnection connection = connect()) {
      String script = "head -c 3000000 /dev/zero; echo done >&2; exit 9\n";
      ScriptResult result =
          connection.run(script, new ScriptLimits(Duration.ofSeconds(30), 4 << 20, 100));
      assertThat(result.stdout()).hasSize(3_000_000);
      assertThat(new String(result.stderr(), UTF_8)).isEqualTo("done\n");
      assertThat(result.exitStatus()).contains(9);
      // Its key is checked under the name that was asked for, not under that of a local port.
      assertThat(connection.identity().hostKey())
          .isEqualTo(
              SshPublicKey.ofLine(EmbeddedSshd.publicKey(target.hostKey()))
                  .orElseThrow()
                  .describe());
      assertThat(jump.usersSeen()).contains("ops");
      assertThat(jump.connections()).isEqualTo(1);
    }
    for (int i = 0; i < 100 && jump.connections() + target.connections() > 0; i++) {
      Thread.sleep(20);
    }
    assertThat(jump.connections() + target.connections()).isZero();
  }

  @Test
  void twoJumpsAndAJumpHostsOwnConfiguration() throws Exception {
    configureTarget("ProxyJump first,second");
    home.config("Host first second\n HostName 127.0.0.1\n Port " + jump.port());
    knowJump();
    try (HostConnection connection = connect()) {
      assertThat(jump.connections()).isEqualTo(2);
      assertThat(connection.run("exit 3\n", TestHome.limits()).exitStatus()).contains(3);
    }
  }

  @Test
  void aJumpHostWithAnUnknownKeyIsNamed() throws Exception {
    configureTarget("ProxyJump 127.0.0.1:" + jump.port());
    HostFailure failure = failure();
    assertThat(failure.kind()).isEqualTo(Kind.HOST_KEY_UNKNOWN);
    assertThat(failure.message()).startsWith("127.0.0.1:" + jump.port() + ": ");
    assertThat(target.connections()).isZero();
  }

  @Test
  void aTargetWithAnotherKeyBehindAJumpHostIsRefused() throws Exception {
    configureTarget("ProxyJump 127.0.0.1:" + jump.port());
    knowJump();
    Files.writeString(
        home.knownHosts(),
        EmbeddedSshd.knownHostsLine("[127.0.0.1]:" + target.port(), JUMP_KEY)
            + jump.knownHostsLine());
    assertThat(failure().kind()).isEqualTo(Kind.HOST_KEY_CHANGED);
    assertThat(target.usersSeen()).isEmpty();
  }

  @Test
  void aJumpHostThatCannotReachTheTargetIsNamed() throws Exception {
    int closed;
    try (ServerSocket server = new ServerSocket(0)) {
      closed = server.getLocalPort();
    }
    home.config(
        "Host target\n HostName 127.0.0.1\n Port "
            + closed
            + "\n ProxyJump 127.0.0.1:"
            + jump.port());
    knowJump();
    HostFailure failure = failure();
    assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(failure.message())
        .isEqualTo(
            "target: the jump host 127.0.0.1:"
                + jump.port()
                + " does not connect to 127.0.0.1 port "
                + closed);
  }

  @Test
  void jumpsInCirclesEnd() throws Exception {
    home.config("Host target\n ProxyJump other\nHost other\n ProxyJump target");
    assertThat(failure().message()).contains("goes in circles");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-oProxyCommand=x", "a;b", "a b", ",", "$(id)", "x@"})
  void hostileJumpHostsAreRefused(String jumpHost) throws Exception {
    configureTarget("ProxyJump \"" + jumpHost + "\"");
    assertThat(failure().message()).contains("ProxyJump");
  }

  @Test
  void throughAProxyCommand() throws Exception {
    Path relay = relay();
    configureTarget("ProxyCommand java -Xshare:auto -XX:TieredStopAtLevel=1 " + relay + " %h %p");
    try (HostConnection connection =
        new SshConnector(home.environment())
            .connect(
                HostSpec.parse("target"),
                ConnectOptions.defaults()
                    .withTimeouts(Duration.ofSeconds(30), Duration.ofSeconds(30)))) {
      assertThat(connection.run("exit 2\n", TestHome.limits()).exitStatus()).contains(2);
    }
  }

  /** A program that connects its standard streams to a host and port: nc need not be there. */
  private Path relay() throws IOException {
    return Files.writeString(
        temp.resolve("Relay.java"),
        """
        import java.net.Socket;

        class Relay {
          public static void main(String[] words) throws Exception {
            Socket socket = new Socket(words[0], Integer.parseInt(words[1]));
            Thread thread =
                new Thread(
                    () -> {
                      try {
                        System.in.transferTo(socket.getOutputStream());
                      } catch (Exception e) {
                        System.exit(0);
                      }
                    });
            thread.setDaemon(true);
            thread.start();
            byte[] buffer = new byte[8192];
            for (int n; (n = socket.getInputStream().read(buffer)) >= 0; ) {
              System.out.write(buffer, 0, n);
              System.out.flush();
            }
          }
        }
        """);
  }

  @Test
  void aProxyCommandThatFailsTellsWhy() throws Exception {
    configureTarget("ProxyCommand printf 'no way \\033[2J\\n' >&2; exit 1");
    HostFailure failure = failure();
    assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(failure.advice()).isEqualTo("ProxyCommand said: no way \\x1b[2J");
  }

  @Test
  void aProxyCommandMayExplainItselfAfterItHungUp() throws Exception {
    configureTarget("ProxyCommand sh -c 'exec <&- >&-; sleep 0.3; echo too late? >&2'");
    assertThat(failure().advice()).isEqualTo("ProxyCommand said: too late?");
  }

  @Test
  void aProxyCommandWithAnUnknownTokenIsRefused() throws Exception {
    configureTarget("ProxyCommand nc %Z %p");
    assertThat(failure().message()).contains("a token that is not known");
  }

  @Test
  void aConfiguredUserCannotInjectIntoAProxyCommand() throws Exception {
    configureTarget("User $(touch${IFS}" + temp + "/hit)\n ProxyCommand echo %r");
    assertThat(failure().message()).contains("must not be in a ProxyCommand");
    assertThat(temp.resolve("hit")).doesNotExist();
  }

  @Test
  void aHangingProxyCommandIsKilled() throws Exception {
    configureTarget("ConnectTimeout 1\n ProxyCommand sleep 4711");
    assertThat(failure().kind()).isEqualTo(Kind.TIMED_OUT);
    Thread.sleep(200);
    assertThat(
            ProcessHandle.current()
                .descendants()
                .filter(p -> p.info().commandLine().orElse("").contains("sleep 4711")))
        .isEmpty();
  }
}
