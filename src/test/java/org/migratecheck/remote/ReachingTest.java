package org.migratecheck.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.migratecheck.model.HostFailure;
import org.migratecheck.model.HostFailure.Kind;

/** Hosts that are not there, do not speak SSH, or stop speaking it. */
class ReachingTest {
  private static final Duration SHORT = Duration.ofMillis(1500);

  @TempDir Path temp;

  private HostFailure failure(TestHome home, String host) {
    ConnectOptions options = ConnectOptions.defaults().withTimeouts(SHORT, SHORT);
    Instant start = Instant.now();
    ConnectionException e =
        catchThrowableOfType(
            ConnectionException.class,
            () -> new SshConnector(home.environment()).connect(HostSpec.parse(host), options));
    assertThat(e).as("a failure").isNotNull();
    assertThat(e.getMessage()).startsWith(host + ": ").matches("[^\\p{Cntrl}]+");
    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
    return e.failure();
  }

  /** Talks to each client. */
  @FunctionalInterface
  private interface Talk {
    void to(Socket client) throws Exception;
  }

  private HostFailure failureOf(Talk talk) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      Thread thread =
          new Thread(
              () -> {
                try (Socket client = server.accept()) {
                  talk.to(client);
                } catch (Exception e) {
                  // The client gave up, as it should.
                }
              });
      thread.setDaemon(true);
      thread.start();
      return failure(new TestHome(temp), "127.0.0.1:" + server.getLocalPort());
    }
  }

  @Test
  void aNameThatDoesNotResolve() throws Exception {
    // RFC 6761: never resolves.
    HostFailure failure = failure(new TestHome(temp), "kvm1.invalid");
    assertThat(failure.kind()).isIn(Kind.UNKNOWN_HOST, Kind.TIMED_OUT);
    assertThat(failure.message()).contains("kvm1.invalid");
    assertThat(failure(new TestHome(temp), "fe80::1%nosuchif0").kind())
        .isEqualTo(Kind.UNKNOWN_HOST);
  }

  @Test
  void aRefusedConnection() throws Exception {
    int port;
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = server.getLocalPort();
    }
    HostFailure failure = failure(new TestHome(temp), "127.0.0.1:" + port);
    assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    assertThat(failure.message()).contains("refused by 127.0.0.1 port " + port);
    assertThat(failure.advice()).contains("sshd");
  }

  @Test
  void aSilentPort() throws Exception {
    HostFailure failure = failureOf(client -> Thread.sleep(60_000));
    assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
    assertThat(failure.message())
        .endsWith("gave up after 1500 ms while waiting for the SSH greeting and key exchange");
  }

  @Test
  void aPortThatClosesAtOnce() throws Exception {
    HostFailure failure = failureOf(client -> {});
    assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(failure.message()).contains("closed the connection before it showed its key");
  }

  @Test
  void endlessLinesBeforeTheGreeting() throws Exception {
    HostFailure failure =
        failureOf(
            client -> {
              byte[] line = "220 I am a mail server\r\n".getBytes(UTF_8);
              while (true) {
                client.getOutputStream().write(line);
              }
            });
    assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
  }

  @Test
  void aGreetingOfOneByteAtATime() throws Exception {
    HostFailure failure =
        failureOf(
            client -> {
              while (true) {
                client.getOutputStream().write('x');
                client.getOutputStream().flush();
                Thread.sleep(50);
              }
            });
    assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\n\r\n",
        "SSH-1.5-old\r\n",
        "SSH-2.0-\u001b[2J\u202e\r\nnonsense nonsense nonsense nonsense",
        "SSH-2.0-x\r\n\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
        "SSH-2.0-x\r\n\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007f",
      })
  void nonsense(String greeting) throws Exception {
    HostFailure failure =
        failureOf(
            client -> {
              OutputStream out = client.getOutputStream();
              out.write(greeting.getBytes(UTF_8));
              out.flush();
              client.shutdownOutput();
              client.getInputStream().readAllBytes();
            });
    assertThat(failure.kind()).isIn(Kind.UNREACHABLE, Kind.OTHER, Kind.TIMED_OUT);
  }

  @Test
  void aHangAfterTheKeyExchange() throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start().hangAfterKeyExchange()) {
      TestHome home = TestHome.knowing(host, temp);
      HostFailure failure = failure(home, "127.0.0.1:" + host.port());
      assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
    }
  }

  @Test
  void aHangInTheLogin() throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start().hangInLogin()) {
      TestHome home = TestHome.knowing(host, temp);
      HostFailure failure = failure(home, "127.0.0.1:" + host.port());
      assertThat(failure.kind()).isEqualTo(Kind.TIMED_OUT);
      assertThat(failure.message()).endsWith("while logging in as root");
    }
  }

  @Test
  void connectTimeoutOfTheConfigurationCounts() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      TestHome home = new TestHome(temp).config("ConnectTimeout 1");
      HostFailure failure = failure(home, "127.0.0.1:" + server.getLocalPort());
      assertThat(failure.message()).contains("gave up after 1 s");
    }
  }

  @Test
  void noCommonAlgorithm() throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start()) {
      TestHome home = TestHome.knowing(host, temp);
      host.server().setCipherFactories(List.of(BuiltinCiphers.aes128cbc));
      HostFailure failure = failure(home, "127.0.0.1:" + host.port());
      assertThat(failure.kind()).isEqualTo(Kind.OTHER);
      assertThat(failure.message()).contains("no common algorithm").contains("aes128-cbc");
    }
  }

  @Test
  void storedEvidenceIsNoHost() {
    ConnectionException e =
        catchThrowableOfType(
            ConnectionException.class,
            () ->
                new HostConnector(SshEnvironment.ofThisProcess())
                    .connect(HostSpec.parse("@x.json"), ConnectOptions.defaults()));
    assertThat(e.failure().kind()).isEqualTo(Kind.OTHER);
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
      Thread.currentThread().interrupt();
      ConnectionException e =
          catchThrowableOfType(
              ConnectionException.class,
              () ->
                  new SshConnector(new TestHome(temp).environment())
                      .connect(
                          HostSpec.parse("127.0.0.1:" + server.getLocalPort()),
                          ConnectOptions.defaults()));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(e.getMessage()).endsWith("interrupted");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
