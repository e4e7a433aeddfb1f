package org.migratecheck.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.migratecheck.model.HostFailure;
import org.migratecheck.model.HostFailure.Kind;

/** The same against OpenSSH itself: host and user certificates, agents, limits of sshd. */
@EnabledIf(
    value = "org.migratecheck.remote.RealSshd#isInstalled",
    disabledReason = "OpenSSH's sshd, ssh-keygen and ssh-agent are not all installed")
class RealSshdTest {
  @TempDir Path temp;
  private TestHome home;
  private Path key;

  @BeforeEach
  void create() throws Exception {
    home = new TestHome(temp.resolve("home"));
    key = home.key("id_ed25519");
    RealSshd.keygen("-q", "-t", "ed25519", "-N", "", "-f", key.toString());
  }

  private RealSshd sshd(String... more) throws Exception {
    return RealSshd.start(temp.resolve("sshd"), more).authorize(key);
  }

  private static HostConnection connect(SshEnvironment environment, RealSshd sshd)
      throws ConnectionException {
    return new SshConnector(environment).connect(sshd.spec(), ConnectOptions.defaults());
  }

  private static HostFailure failure(SshEnvironment environment, RealSshd sshd) {
    ConnectionException e =
        catchThrowableOfType(
            ConnectionException.class,
            () -> {
              connect(environment, sshd).close();
            });
    assertThat(e).as("a failure").isNotNull();
    return e.failure();
  }

  private static String out(HostConnection connection, String script) throws Exception {
    return new String(connection.run(script, TestHome.limits()).stdout(), UTF_8);
  }

  @Test
  void scriptsStatusesSignalsAndMoreRunsThanMaxSessions() throws Exception {
    try (RealSshd sshd = sshd("MaxSessions 10")) {
      home.know(sshd.knownHostsLine("ed25519"));
      try (HostConnection connection = connect(home.environment(), sshd)) {
        for (int i = 0; i < 15; i++) {
          ScriptResult result =
              connection.run("echo " + i + "; echo e >&2; exit " + i, TestHome.limits());
          assertThat(result.exitStatus()).contains(i);
          assertThat(new String(result.stdout(), UTF_8)).isEqualTo(i + "\n");
          assertThat(new String(result.stderr(), UTF_8)).isEqualTo("e\n");
        }
        ScriptResult killed = connection.run("echo x; kill -9 $$\n", TestHome.limits());
        assertThat(killed.exitStatus()).isEmpty();
        assertThat(killed.timedOut()).isFalse();
        ScriptResult large =
            connection.run(
                "yes >&2 & head -c 3000000 /dev/zero; kill $!\n",
                new ScriptLimits(Duration.ofSeconds(30), 4_000_000, 1000));
        assertThat(large.stdout()).hasSize(3_000_000);
      }
    }
  }

  /** sshd ends the connection when it gets a signal for a channel that is closed already. */
  @Test
  void cutAndFailedRunsLeaveTheConnectionAlive() throws Exception {
    try (RealSshd sshd = sshd()) {
      home.know(sshd.knownHostsLine("ed25519"));
      try (HostConnection connection = connect(home.environment(), sshd)) {
        for (int i = 0; i < 8; i++) {
          ScriptResult cut =
              connection.run(
                  "head -c 2000 /dev/zero\n", new ScriptLimits(Duration.ofSeconds(30), 1999, 10));
          assertThat(cut.cut()).isTrue();
          assertThat(out(connection, "echo alive")).isEqualTo("alive\n");
        }
      }
    }
  }

  @Test
  void aKnownEd25519KeyIsAskedForThoughTheHostPrefersRsa() throws Exception {
    try (RealSshd sshd = sshd()) {
      home.know(sshd.knownHostsLine("ed25519"));
      try (HostConnection connection = connect(home.environment(), sshd)) {
        assertThat(connection.identity().hostKey()).startsWith("ssh-ed25519 SHA256:");
      }
      Files.writeString(home.knownHosts(), sshd.knownHostsLine("rsa"));
      try (HostConnection connection = connect(home.environment(), sshd)) {
        assertThat(connection.identity().hostKey()).startsWith("ssh-rsa SHA256:");
      }
    }
  }

  @Test
  void strictKeyExchangeIsNegotiated() throws Exception {
    try (RealSshd sshd = sshd("LogLevel DEBUG3")) {
      home.know(sshd.knownHostsLine("ed25519"));
      connect(home.environment(), sshd).close();
      // OpenSSH 9.6 and its backports; older ones do not know it.
      String log = sshd.log();
      if (log.contains("kex-strict-s-v00@openssh.com")) {
        assertThat(log).contains("kex-strict-c-v00@openssh.com").contains("strict KEX");
      }
      assertThat(log).contains("kex: algorithm: curve25519-sha256").contains("-gcm@openssh.com");
    }
  }

  @Test
  void afterADeadlineTheConnectionLives() throws Exception {
    try (RealSshd sshd = sshd()) {
      home.know(sshd.knownHostsLine("ed25519"));
      try (HostConnection connection = connect(home.environment(), sshd)) {
        Path pid = temp.resolve("pid");
        ScriptResult result =
            connection.run(
                "echo $$ > " + pid + "; sleep 4713 & wait\n",
                new ScriptLimits(Duration.ofSeconds(4), 1000, 1000));
        assertThat(result.timedOut()).isTrue();
        assertThat(out(connection, "echo alive")).isEqualTo("alive\n");
        long shell = Long.parseLong(Files.readString(pid).strip());
        if (RealSshd.user().equals("root")) {
          // sshd signals no command of root ("requires privilege separation"): scripts bound
          // themselves.
          ProcessHandle.of(shell).ifPresent(p -> p.descendants().forEach(ProcessHandle::destroy));
        }
        for (int i = 0; i < 100 && ProcessHandle.of(shell).isPresent(); i++) {
          Thread.sleep(20);
        }
        assertThat(ProcessHandle.of(shell)).isEmpty();
      }
    }
  }

  @Test
  void neitherAgentNorTerminalIsForwarded() throws Exception {
    try (RealSshd sshd = sshd();
        RealSshd.Agent agent = RealSshd.Agent.start(temp)) {
      home.know(sshd.knownHostsLine("ed25519"));
      home.config("ForwardAgent yes\nForwardX11 yes\nRequestTTY force");
      try (HostConnection connection = connect(home.environment(agent.socket()), sshd)) {
        assertThat(out(connection, "echo \"[$SSH_AUTH_SOCK$DISPLAY$SSH_TTY]\"")).isEqualTo("[]\n");
      }
    }
  }

  /** JSch's addIdentity would load the private key into the agent. */
  @Test
  void aKeyFileIsNeverPutIntoTheAgent() throws Exception {
    try (RealSshd sshd = sshd();
        RealSshd.Agent agent = RealSshd.Agent.start(temp)) {
      home.know(sshd.knownHostsLine("ed25519"));
      connect(home.environment(agent.socket()), sshd).close();
      assertThat(agent.list()).isEmpty();
    }
  }

  @Test
  void keysOfTheAgent() throws Exception {
    try (RealSshd sshd = sshd();
        RealSshd.Agent agent = RealSshd.Agent.start(temp)) {
      home.know(sshd.knownHostsLine("ed25519"));
      agent.add(key);
      Files.delete(key);
      connect(home.environment(agent.socket()), sshd).close();
      Files.delete(RealSshd.publicFile(key));
      connect(home.environment(agent.socket()), sshd).close();
      home.config("IdentitiesOnly yes\nIdentityFile " + temp.resolve("none"));
      assertThat(failure(home.environment(agent.socket()), sshd).message())
          .contains("the agent has 1 key");
    }
  }

  @Test
  void anRsaKeyOfTheAgentSignsWithSha2() throws Exception {
    try (RealSshd sshd = sshd();
        RealSshd.Agent agent = RealSshd.Agent.start(temp)) {
      home.know(sshd.knownHostsLine("ed25519"));
      Path rsa = temp.resolve("rsa");
      RealSshd.keygen("-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", rsa.toString());
      sshd.authorize(rsa);
      agent.add(rsa);
      connect(home.environment(agent.socket()), sshd).close();
    }
  }

  @Test
  void manyKeysOfTheAgentAreExplainedAndIdentitiesOnlyHelps() throws Exception {
    try (RealSshd sshd = sshd();
        RealSshd.Agent agent = RealSshd.Agent.start(temp)) {
      home.know(sshd.knownHostsLine("ed25519"));
      for (int i = 0; i < 8; i++) {
        Path other = temp.resolve("other" + i);
        RealSshd.keygen("-q", "-t", "ed25519", "-N", "", "-f", other.toString());
        agent.add(other);
      }
      HostFailure failure = failure(home.environment(agent.socket()), sshd);
      assertThat(failure.kind()).isEqualTo(Kind.AUTHENTICATION);
      assertThat(failure.message()).contains("Too many authentication failures");
      assertThat(failure.advice()).contains("IdentitiesOnly");
      home.config("IdentitiesOnly yes\nIdentityFile " + key);
      connect(home.environment(agent.socket()), sshd).close();
    }
  }

  @Test
  void anEncryptedKeyOfOpenssh() throws Exception {
    try (RealSshd sshd = sshd()) {
      home.know(sshd.knownHostsLine("ed25519"));
      RealSshd.keygen("-q", "-p", "-P", "", "-N", "pässphrase", "-f", key.toString());
      List<String> questions = new ArrayList<>();
      new SshConnector(home.environment())
          .connect(
              sshd.spec(),
              ConnectOptions.defaults().withPrompter(TestHome.answering(questions, "pässphrase")))
          .close();
      assertThat(questions).containsExactly("Passphrase for " + key + ":");
    }
  }

  @Test
  void oldPemKeysWithAndWithoutPublicFile() throws Exception {
    try (RealSshd sshd = sshd()) {
      home.know(sshd.knownHostsLine("ed25519"));
      Path pem = home.key("id_rsa");
      RealSshd.keygen("-q", "-t", "rsa", "-b", "2048", "-m", "PEM", "-N", "", "-f", pem.toString());
      sshd.authorize(pem);
      Files.delete(key);
      connect(home.environment(), sshd).close();
      Files.delete(RealSshd.publicFile(pem));
      connect(home.environment(), sshd).close();
    }
  }

  private Path authority() throws Exception {
    Path authority = temp.resolve("authority");
    if (!Files.exists(authority)) {
      RealSshd.keygen("-q", "-t", "ed25519", "-N", "", "-f", authority.toString());
    }
    return authority;
  }

  @Test
  void hostCertificates() throws Exception {
    Path authority = authority();
    Path directory = temp.resolve("sshd");
    RealSshd.start(directory).close(); // makes the host keys
    certify(authority, directory, "127.0.0.1", "+1h");
    try (RealSshd sshd = sshd("HostCertificate " + directory.resolve("host_ed25519-cert.pub"))) {
      String trusted = Files.readString(RealSshd.publicFile(authority)).strip();
      home.know("@cert-authority [127.0.0.*]:* " + trusted + "\n");
      try (HostConnection connection = connect(home.environment(), sshd)) {
        assertThat(connection.identity().hostKey())
            .isEqualTo("certificate by " + SshPublicKey.ofLine(trusted).orElseThrow().describe());
      }
      Files.writeString(home.knownHosts(), "@cert-authority *.example " + trusted + "\n");
      assertThat(failure(home.environment(), sshd).kind()).isEqualTo(Kind.HOST_KEY_UNKNOWN);

      Files.writeString(
          home.knownHosts(), "@cert-authority * " + trusted + "\n@revoked * " + trusted + "\n");
      HostFailure revoked = failure(home.environment(), sshd);
      assertThat(revoked.kind()).isEqualTo(Kind.HOST_KEY_CHANGED);
      assertThat(revoked.message()).contains("revoked");

      // Certified for another name: not this host's certificate, and its key is not known.
      Files.writeString(home.knownHosts(), "@cert-authority * " + trusted + "\n");
      certify(authority, directory, "other.example", "+1h");
    }
    try (RealSshd sshd = sshd("HostCertificate " + directory.resolve("host_ed25519-cert.pub"))) {
      assertThat(failure(home.environment(), sshd).kind()).isEqualTo(Kind.HOST_KEY_UNKNOWN);
    }
    certify(authority, directory, "127.0.0.1", "20200101:20200102");
    try (RealSshd sshd = sshd("HostCertificate " + directory.resolve("host_ed25519-cert.pub"))) {
      assertThat(failure(home.environment(), sshd).kind()).isEqualTo(Kind.HOST_KEY_UNKNOWN);
    }
  }

  private static void certify(Path authority, Path directory, String name, String validity)
      throws Exception {
    RealSshd.keygen(
        "-q",
        "-s",
        authority.toString(),
        "-I",
        "test host",
        "-h",
        "-n",
        name,
        "-V",
        validity,
        directory.resolve("host_ed25519.pub").toString());
  }

  @Test
  void userCertificatesInFilesAndWithTheAgent() throws Exception {
    Path authority = authority();
    try (RealSshd sshd = sshd("TrustedUserCAKeys " + RealSshd.publicFile(authority));
        RealSshd.Agent agent = RealSshd.Agent.start(temp)) {
      home.know(sshd.knownHostsLine("ed25519"));
      for (String type : List.of("ed25519", "rsa")) {
        Path user = home.key("id_" + type);
        Files.deleteIfExists(user);
        RealSshd.keygen("-q", "-t", type, "-b", "2048", "-N", "", "-f", user.toString());
        RealSshd.keygen(
            "-q",
            "-s",
            authority.toString(),
            "-I",
            "test user",
            "-n",
            RealSshd.user(),
            RealSshd.publicFile(user).toString());
        connect(home.environment(), sshd).close();
        agent.add(user); // adds the certificate beside it, too
        Files.delete(user);
        connect(home.environment(agent.socket()), sshd).close();
        // The agent holds the key, the file the certificate.
        RealSshd.run(Map.of("SSH_AUTH_SOCK", agent.socket().toString()), List.of("ssh-add", "-D"));
        Files.deleteIfExists(Path.of(user + "-cert.pub"));
        Files.deleteIfExists(RealSshd.publicFile(user));
      }
    }
  }

  @Test
  @EnabledIf(value = "hasClient", disabledReason = "no ssh client is installed")
  void withTheInstalledClientsConfiguration() throws Exception {
    try (RealSshd sshd = sshd()) {
      home.know(sshd.knownHostsLine("ed25519"));
      home.config(
          "Host kvm1\n HostName 127.0.0.1\n Port "
              + sshd.port()
              + "\n User "
              + RealSshd.user()
              + "\n IdentityFile "
              + key
              + "\nHost kvm2\n HostName 127.0.0.1\n Port "
              + sshd.port()
              + "\n ProxyJump kvm1\n User "
              + RealSshd.user()
              + "\n IdentityFile "
              + key);
      SshEnvironment environment =
          home.environmentWithSsh(SshEnvironment.ofThisProcess().ssh().orElseThrow());
      for (String name : List.of("kvm1", "kvm2")) {
        try (HostConnection connection =
            new SshConnector(environment)
                .connect(HostSpec.parse(name), ConnectOptions.defaults())) {
          assertThat(out(connection, "echo $((6 * 7))")).isEqualTo("42\n");
          assertThat(connection.notes()).isEmpty();
        }
      }
    }
  }

  static boolean hasClient() {
    return SshEnvironment.ofThisProcess().ssh().isPresent();
  }

  @Test
  void whatAcceptNewStoresIsUnderstoodByOpenssh() throws Exception {
    try (RealSshd sshd = sshd()) {
      home.config("StrictHostKeyChecking accept-new\nHashKnownHosts yes");
      connect(home.environment(), sshd).close();
      String found =
          RealSshd.run(
              Map.of(),
              List.of("ssh-keygen", "-F", sshd.name(), "-f", home.knownHosts().toString()));
      assertThat(found).contains("found: line 1");
    }
  }

  @Test
  void aCertificateFileForAKeyOfTheAgent() throws Exception {
    Path authority = authority();
    try (RealSshd sshd = sshd("TrustedUserCAKeys " + RealSshd.publicFile(authority));
        RealSshd.Agent agent = RealSshd.Agent.start(temp)) {
      home.know(sshd.knownHostsLine("ed25519"));
      Path user = temp.resolve("user");
      RealSshd.keygen("-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", user.toString());
      agent.add(user);
      RealSshd.keygen(
          "-q",
          "-s",
          authority.toString(),
          "-I",
          "test user",
          "-n",
          RealSshd.user(),
          RealSshd.publicFile(user).toString());
      Files.delete(user);
      home.config("IdentityFile none\nCertificateFile " + user + "-cert.pub");
      connect(home.environment(agent.socket()), sshd).close();
    }
  }
}
