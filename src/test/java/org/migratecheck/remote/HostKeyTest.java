package org.migratecheck.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.migratecheck.model.HostFailure;
import org.migratecheck.model.HostFailure.Kind;

/** Connections to hosts whose key is known, new, changed or revoked. */
class HostKeyTest {
  private static final KeyPair KEY = EmbeddedSshd.namedKey("host", "EC", 256);
  private static final KeyPair OTHER = EmbeddedSshd.namedKey("other", "EC", 256);
  private static final KeyPair RSA = EmbeddedSshd.namedKey("host", "RSA", 2048);

  @TempDir Path temp;

  private static String fingerprint(KeyPair key) {
    return SshPublicKey.ofLine(EmbeddedSshd.publicKey(key)).orElseThrow().fingerprint();
  }

  private static HostConnection connect(TestHome home, EmbeddedSshd host)
      throws ConnectionException {
    return new SshConnector(home.environment())
        .connect(TestHome.spec(host), ConnectOptions.defaults());
  }

  private static HostFailure refusal(TestHome home, EmbeddedSshd host) {
    ConnectionException e =
        catchThrowableOfType(
            ConnectionException.class,
            () -> {
              connect(home, host).close();
            });
    assertThat(e).as("a refusal").isNotNull();
    assertThat(e.getMessage()).isEqualTo(e.failure().message()).doesNotContain("\n");
    return e.failure();
  }

  /** A home whose user could log in, with nothing in known_hosts yet. */
  private TestHome stranger(EmbeddedSshd host) throws Exception {
    TestHome home = new TestHome(temp);
    host.newUserKey(home.key("id_ecdsa"));
    return home;
  }

  @Test
  void anUnknownKeyIsRefusedWithFingerprintAndCommands() throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start(KEY)) {
      HostFailure failure = refusal(stranger(host), host);
      assertThat(failure.kind()).isEqualTo(Kind.HOST_KEY_UNKNOWN);
      assertThat(failure.message())
          .contains("[127.0.0.1]:" + host.port())
          .contains("ecdsa-sha2-nistp256 " + fingerprint(KEY));
      assertThat(failure.advice())
          .contains("ssh-keygen -lf /etc/ssh/ssh_host_ecdsa_key.pub")
          .endsWith("ssh -p " + host.port() + " 127.0.0.1");
      assertThat(host.usersSeen()).isEmpty();
    }
  }

  @Test
  void aChangedKeyIsRefusedWithPlaceFingerprintsAndCommand() throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start(KEY)) {
      TestHome home = stranger(host);
      String name = "[127.0.0.1]:" + host.port();
      home.know("# first line\n" + EmbeddedSshd.knownHostsLine(name, OTHER));
      HostFailure failure = refusal(home, host);
      assertThat(failure.kind()).isEqualTo(Kind.HOST_KEY_CHANGED);
      assertThat(failure.message())
          .contains(home.knownHosts() + ":2")
          .contains(fingerprint(KEY))
          .contains(fingerprint(OTHER));
      assertThat(failure.advice()).contains("ssh-keygen -R '" + name + "' -f " + home.knownHosts());
      assertThat(host.usersSeen()).isEmpty();
    }
  }

  /** JSch understands the words yes, ask and no; everything else makes it accept any key. */
  @ParameterizedTest
  @ValueSource(
      strings = {"accept-new", "off", "no", "YES", "\"yes\"", "\"no\"", "ask", "false", "nonsense"})
  void noSettingMakesAChangedKeyAcceptable(String value) throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start(KEY)) {
      TestHome home = stranger(host).config("StrictHostKeyChecking " + value);
      home.know(EmbeddedSshd.knownHostsLine("[127.0.0.1]:" + host.port(), OTHER));
      String before = Files.readString(home.knownHosts());
      assertThat(refusal(home, host).kind()).isEqualTo(Kind.HOST_KEY_CHANGED);
      assertThat(Files.readString(home.knownHosts())).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "no", "YES", "\"yes\"", "ask", "nonsense"})
  void onlyAcceptNewAcceptsAnUnknownKey(String value) throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start(KEY)) {
      TestHome home = stranger(host).config("StrictHostKeyChecking " + value);
      assertThat(refusal(home, host).kind()).isEqualTo(Kind.HOST_KEY_UNKNOWN);
      assertThat(home.knownHosts()).doesNotExist();
    }
  }

  @Test
  void aLaxSettingIsNoted() throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start(KEY)) {
      TestHome home = TestHome.knowing(host, temp).config("StrictHostKeyChecking no");
      try (HostConnection connection = connect(home, host)) {
        assertThat(connection.notes())
            .anyMatch(n -> n.contains("StrictHostKeyChecking no") && n.contains("not followed"));
      }
    }
  }

  @Test
  void aPasswordIsNeverSentToAHostWithAnotherKey() throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start(KEY).password("root", "secret")) {
      TestHome home = new TestHome(temp);
      List<String> questions = new ArrayList<>();
      ConnectOptions options =
          ConnectOptions.defaults().withPrompter(TestHome.answering(questions, "secret"));
      for (boolean known : new boolean[] {false, true}) {
        if (known) {
          home.know(EmbeddedSshd.knownHostsLine("[127.0.0.1]:" + host.port(), OTHER));
        }
        ConnectionException e =
            catchThrowableOfType(
                ConnectionException.class,
                () -> new SshConnector(home.environment()).connect(TestHome.spec(host), options));
        assertThat(e.failure().kind())
            .isEqualTo(known ? Kind.HOST_KEY_CHANGED : Kind.HOST_KEY_UNKNOWN);
      }
      assertThat(questions).isEmpty();
      assertThat(host.passwordsSeen()).isEmpty();
    }
  }

  @Test
  void revokedKeysAreRefusedForStarToo() throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start(KEY)) {
      TestHome home = TestHome.knowing(host, temp);
      home.know("@revoked * " + EmbeddedSshd.publicKey(KEY) + "\n");
      HostFailure failure = refusal(home, host);
      assertThat(failure.kind()).isEqualTo(Kind.HOST_KEY_CHANGED);
      assertThat(failure.message()).contains("revoked").contains(home.knownHosts() + ":2");
    }
  }

  @Test
  void revokedHostKeysFileIsFollowedOrRefused() throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start(KEY)) {
      TestHome home = TestHome.knowing(host, temp);
      Path list = temp.resolve("revoked");
      home.config("RevokedHostKeys " + list);
      assertThat(refusal(home, host).message()).contains("cannot be read");
      Files.writeString(list, EmbeddedSshd.publicKey(OTHER) + "\n");
      connect(home, host).close();
      Files.writeString(list, EmbeddedSshd.publicKey(KEY) + "\n");
      assertThat(refusal(home, host).kind()).isEqualTo(Kind.HOST_KEY_CHANGED);
      Files.writeString(list, "SSHKRL\n\0binary");
      assertThat(refusal(home, host).message()).contains("binary list");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[127.0.0.*]:*", "[127.0.0.1]:?*", "*,!other", "127.0.0.1"})
  void patternsMatch(String names) throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start(KEY)) {
      TestHome home = stranger(host).know(EmbeddedSshd.knownHostsLine(names, KEY));
      connect(home, host).close();
    }
  }

  @Test
  void hashedNamesSecondUserFileAndGlobalFileCount() throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start(KEY)) {
      TestHome home = stranger(host);
      Path second = temp.resolve("second");
      Path global = temp.resolve("global");
      home.config("UserKnownHostsFile " + home.knownHosts() + " \"" + second + "\"");
      home.config("GlobalKnownHostsFile " + global);
      assertThat(refusal(home, host).kind()).isEqualTo(Kind.HOST_KEY_UNKNOWN);
      String hashed =
          KnownHostsLine.hashedName(
              "twenty bytes of salt".getBytes(StandardCharsets.US_ASCII),
              "[127.0.0.1]:" + host.port());
      Files.writeString(second, EmbeddedSshd.knownHostsLine(hashed, KEY));
      connect(home, host).close();
      Files.delete(second);
      Files.writeString(global, host.knownHostsLine());
      connect(home, host).close();
    }
  }

  @Test
  void hostKeyAliasIsLookedUpInPlaceOfTheName() throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start(KEY)) {
      TestHome home = stranger(host).config("HostKeyAlias the-alias");
      home.know(EmbeddedSshd.knownHostsLine("[127.0.0.1]:" + host.port(), KEY));
      assertThat(refusal(home, host).message()).contains("the key of the-alias is in no");
      home.know(EmbeddedSshd.knownHostsLine("the-alias", KEY));
      connect(home, host).close();
    }
  }

  @Test
  void theHostIsAskedForTheTypeOfKeyThatIsKnown() throws Exception {
    // By our own order the host would show its ECDSA key, which would look like a changed one.
    try (EmbeddedSshd host = EmbeddedSshd.start(KEY, RSA)) {
      TestHome home = stranger(host);
      home.know(EmbeddedSshd.knownHostsLine("[127.0.0.1]:" + host.port(), RSA));
      try (HostConnection connection = connect(home, host)) {
        assertThat(connection.identity().hostKey()).isEqualTo("ssh-rsa " + fingerprint(RSA));
      }
    }
  }

  @Test
  void aHostWithoutAKeyOfTheKnownTypeIsSaidToHaveChanged() throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start(KEY)) {
      TestHome home = stranger(host);
      home.know(EmbeddedSshd.knownHostsLine("[127.0.0.1]:" + host.port(), RSA));
      HostFailure failure = refusal(home, host);
      assertThat(failure.kind()).isEqualTo(Kind.HOST_KEY_CHANGED);
      assertThat(failure.message()).contains("no key of the known type ssh-rsa");
    }
  }

  @Test
  void acceptNewStoresOneLineForManyThreads() throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start(KEY)) {
      TestHome home = stranger(host).config("StrictHostKeyChecking accept-new");
      home.know("other.example " + EmbeddedSshd.publicKey(OTHER)); // no line end
      SshConnector connector = new SshConnector(home.environment());
      ExecutorService threads = Executors.newFixedThreadPool(4);
      try {
        Callable<List<String>> connect =
            () -> {
              try (HostConnection connection =
                  connector.connect(TestHome.spec(host), ConnectOptions.defaults())) {
                return connection.notes();
              }
            };
        List<String> notes = new ArrayList<>();
        for (Future<List<String>> one : threads.invokeAll(List.of(connect, connect, connect))) {
          notes.addAll(one.get());
        }
        assertThat(notes).anyMatch(n -> n.startsWith("accept-new: stored the key of [127.0.0.1]"));
      } finally {
        threads.shutdownNow();
      }
      assertThat(Files.readAllLines(home.knownHosts()))
          .containsExactly(
              "other.example " + EmbeddedSshd.publicKey(OTHER), host.knownHostsLine().strip());
    }
    // The host's next life on the same port has another key.
    try (EmbeddedSshd host = EmbeddedSshd.start(OTHER)) {
      TestHome home = new TestHome(temp);
      home.know(EmbeddedSshd.knownHostsLine("[127.0.0.1]:" + host.port(), KEY));
      assertThat(refusal(home, host).kind()).isEqualTo(Kind.HOST_KEY_CHANGED);
    }
  }

  @Test
  void acceptNewHashesNamesAndCreatesThePrivateFile() throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start(KEY)) {
      TestHome home = stranger(host).config("StrictHostKeyChecking accept-new\nHashKnownHosts yes");
      connect(home, host).close();
      assertThat(Files.readString(home.knownHosts()))
          .startsWith("|1|")
          .doesNotContain("127.0.0.1")
          .endsWith(" " + EmbeddedSshd.publicKey(KEY) + "\n");
      assertThat(Files.getPosixFilePermissions(home.knownHosts())).hasSize(2);
      connect(home, host).close();
      assertThat(Files.readAllLines(home.knownHosts())).hasSize(1);
    }
  }

  @Test
  void acceptNewThatCannotBeStoredIsARefusal() throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start(KEY)) {
      TestHome home = stranger(host).config("StrictHostKeyChecking accept-new");
      home.config("UserKnownHostsFile none");
      HostFailure failure = refusal(home, host);
      assertThat(failure.kind()).isEqualTo(Kind.HOST_KEY_UNKNOWN);
      assertThat(failure.message()).contains("could not be stored");
    }
  }
}
