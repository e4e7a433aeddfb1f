package org.migratecheck.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.auth.UserAuth;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.auth.keyboard.InteractiveChallenge;
import org.apache.sshd.server.auth.keyboard.KeyboardInteractiveAuthenticator;
import org.apache.sshd.server.auth.keyboard.PromptEntry;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractive;
import org.apache.sshd.server.session.ServerSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.migratecheck.model.HostFailure;
import org.migratecheck.model.HostFailure.Kind;

/** Keys, passphrases, passwords, and what is said when nobody is let in. */
class LoginTest {
  @TempDir Path temp;

  private static HostFailure refusal(
      SshConnector connector, EmbeddedSshd host, ConnectOptions options) {
    ConnectionException e =
        catchThrowableOfType(
            ConnectionException.class, () -> connector.connect(TestHome.spec(host), options));
    assertThat(e).as("a refusal").isNotNull();
    assertThat(e.getMessage()).matches("[^\\p{Cntrl}]+");
    return e.failure();
  }

  private static HostFailure refusal(TestHome home, EmbeddedSshd host) {
    return refusal(new SshConnector(home.environment()), host, ConnectOptions.defaults());
  }

  private TestHome home(EmbeddedSshd host) throws Exception {
    return new TestHome(temp).know(host.knownHostsLine());
  }

  @Test
  void withoutAnyKeyTheReasonIsNamed() throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start()) {
      HostFailure failure = refusal(home(host), host);
      assertThat(failure.kind()).isEqualTo(Kind.AUTHENTICATION);
      assertThat(failure.message())
          .contains("not let in as root")
          .contains("no key file was found")
          .contains("no agent (SSH_AUTH_SOCK is not set)")
          .contains("passwords are not used here");
      assertThat(failure.advice()).contains("ssh-copy-id -p " + host.port() + " 127.0.0.1");
    }
  }

  @Test
  void everyKeyThatWasTriedIsNamed() throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start()) {
      TestHome home = home(host);
      String stranger = EmbeddedSshd.writeKey(home.key("stranger"), "");
      Path open = home.key("open");
      EmbeddedSshd.writeKey(open, "");
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
      Path broken = Files.writeString(home.key("broken"), "-----BEGIN RSA PRIVATE KEY-----\nx\n");
      Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rw-------"));
      Path publicOnly =
          Files.writeString(home.key("public"), EmbeddedSshd.publicKey(host.hostKey()));
      for (String name : List.of("stranger", "open", "broken", "public", "missing")) {
        home.config("IdentityFile " + home.key(name));
      }
      HostFailure failure = refusal(home, host);
      assertThat(failure.message())
          .contains(stranger + " (" + home.key("stranger") + ") refused")
          .contains(open + ": readable by others (chmod 600 " + open + ")")
          .contains(broken + ": cannot be used")
          .contains(publicOnly + ": a public key whose private half is not in the agent")
          .doesNotContain("missing");
    }
  }

  @Test
  void anAgentThatDoesNotAnswerIsNamed() throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start()) {
      Path socket = temp.resolve("no-agent");
      HostFailure failure =
          refusal(
              new SshConnector(home(host).environment(socket)), host, ConnectOptions.defaults());
      assertThat(failure.message()).contains("the agent at " + socket + " does not answer");
    }
  }

  @Test
  void anEncryptedKeyWithoutAnybodyToAskIsNamed() throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start()) {
      TestHome home = home(host);
      host.newUserKey(home.key("id_ecdsa"), "passphrase");
      HostFailure failure = refusal(home, host);
      assertThat(failure.kind()).isEqualTo(Kind.AUTHENTICATION);
      assertThat(failure.message())
          .contains("accepted, but could not be used")
          .contains(home.key("id_ecdsa") + ": encrypted, and nobody gave its passphrase");
      assertThat(failure.advice()).contains("ssh-add");
    }
  }

  @Test
  void aPassphraseIsAskedOnceForManyHosts() throws Exception {
    try (EmbeddedSshd one = EmbeddedSshd.start();
        EmbeddedSshd two = EmbeddedSshd.start()) {
      TestHome home = home(one).know(two.knownHostsLine());
      one.newUserKey(home.key("id_ecdsa"), "passphrase");
      two.authorize(fingerprint(home.key("id_ecdsa")));
      List<String> questions = Collections.synchronizedList(new ArrayList<>());
      SshConnector connector = new SshConnector(home.environment());
      connectAll(
          connector,
          ConnectOptions.defaults().withPrompter(TestHome.answering(questions, "passphrase")),
          List.of(one, two, one));
      assertThat(questions).containsExactly("Passphrase for " + home.key("id_ecdsa") + ":");
    }
  }

  @Test
  void aPassphraseIsNotAskedForAKeyThatTheHostRefuses() throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start()) {
      TestHome home = home(host);
      EmbeddedSshd.writeKey(home.key("id_ecdsa"), "passphrase");
      List<String> questions = new ArrayList<>();
      ConnectOptions options =
          ConnectOptions.defaults().withPrompter(TestHome.answering(questions, "passphrase"));
      refusal(new SshConnector(home.environment()), host, options);
      assertThat(questions).noneMatch(q -> q.startsWith("Passphrase"));
    }
  }

  @Test
  void aWrongPassphraseIsAskedThreeTimesAndThenNeverAgain() throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start()) {
      TestHome home = home(host);
      host.newUserKey(home.key("id_ecdsa"), "passphrase");
      List<String> questions = new ArrayList<>();
      ConnectOptions options =
          ConnectOptions.defaults().withPrompter(TestHome.answering(questions, "wrong"));
      SshConnector connector = new SshConnector(home.environment());
      refusal(connector, host, options);
      refusal(connector, host, options);
      assertThat(questions.stream().filter(q -> q.startsWith("Passphrase"))).hasSize(3);
    }
  }

  @Test
  void aPasswordIsAskedOncePerUserForManyHosts() throws Exception {
    try (EmbeddedSshd one = EmbeddedSshd.start().password("root", "secret");
        EmbeddedSshd two = EmbeddedSshd.start().password("root", "secret")) {
      TestHome home = home(one).know(two.knownHostsLine());
      List<String> questions = Collections.synchronizedList(new ArrayList<>());
      connectAll(
          new SshConnector(home.environment()),
          ConnectOptions.defaults().withPrompter(TestHome.answering(questions, "secret")),
          List.of(one, two, one));
      assertThat(questions).singleElement().asString().startsWith("Password of root on 127.0.0.1");
      assertThat(one.passwordsSeen()).containsOnly("secret");
    }
  }

  @Test
  void aWrongPasswordIsSentOnceWhateverTheHostOffers() throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start().password("root", "secret")) {
      List<String> questions = new ArrayList<>();
      HostFailure failure =
          refusal(
              new SshConnector(home(host).environment()),
              host,
              ConnectOptions.defaults().withPrompter(TestHome.answering(questions, "wrong")));
      assertThat(failure.message()).contains("the password was refused").doesNotContain("wrong");
      assertThat(host.passwordsSeen()).containsExactly("wrong");
      assertThat(questions).hasSize(1);
    }
  }

  @Test
  void batchModeAsksNothing() throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start().password("root", "secret")) {
      TestHome home = home(host).config("BatchMode yes");
      List<String> questions = new ArrayList<>();
      refusal(
          new SshConnector(home.environment()),
          host,
          ConnectOptions.defaults().withPrompter(TestHome.answering(questions, "secret")));
      assertThat(questions).isEmpty();
      assertThat(host.passwordsSeen()).isEmpty();
    }
  }

  @Test
  void aHostsOwnQuestionsAreShownWithItsNameAndMadePrintable() throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start()) {
      host.server()
          .setKeyboardInteractiveAuthenticator(
              new Questions("One-time\u001b[2J code \u202e:", "123456"));
      List<String> questions = new ArrayList<>();
      new SshConnector(home(host).environment())
          .connect(
              TestHome.spec(host),
              ConnectOptions.defaults().withPrompter(TestHome.answering(questions, "123456")))
          .close();
      assertThat(questions).containsExactly("root@127.0.0.1 asks: One-time\\x1b[2J code \\u202e:");
    }
  }

  @Test
  void theTimeThatAPersonTakesDoesNotCount() throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start().password("root", "secret")) {
      ConnectOptions options =
          ConnectOptions.defaults()
              .withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(900))
              .withPrompter(
                  prompt -> {
                    try {
                      Thread.sleep(1500);
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                    return Optional.of("secret".toCharArray());
                  });
      new SshConnector(home(host).environment()).connect(TestHome.spec(host), options).close();
    }
  }

  @Test
  void aBannerIsPrintableAndCut() throws Exception {
    try (EmbeddedSshd host =
        EmbeddedSshd.start().banner("\u001b]0;title\u0007 red\u009b31m\r\n" + "x".repeat(9000))) {
      HostFailure failure = refusal(home(host), host);
      assertThat(failure.message())
          .contains("the host says: \\x1b]0;title\\x07 red\\x9b31m")
          .hasSizeLessThan(1000);
    }
  }

  @Test
  void anEnormousPromptCountEndsThatConnectionOnly() throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start()) {
      host.server().setUserAuthFactories(List.of(new PromptBomb()));
      ConnectOptions options =
          ConnectOptions.defaults()
              .withPrompter(TestHome.answering(new ArrayList<>(), "x"))
              .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5));
      HostFailure failure = refusal(new SshConnector(home(host).environment()), host, options);
      assertThat(failure.kind()).isIn(Kind.OTHER, Kind.AUTHENTICATION, Kind.UNREACHABLE);
    }
  }

  @Test
  void tooManyKeysAreExplained() throws Exception {
    try (EmbeddedSshd host = EmbeddedSshd.start()) {
      CoreModuleProperties.MAX_AUTH_REQUESTS.set(host.server(), 3);
      TestHome home = home(host);
      for (int i = 0; i < 8; i++) {
        EmbeddedSshd.writeKey(home.key("key" + i), "");
        home.config("IdentityFile " + home.key("key" + i));
      }
      HostFailure failure = refusal(home, host);
      assertThat(failure.kind()).isEqualTo(Kind.AUTHENTICATION);
      assertThat(failure.advice()).contains("IdentitiesOnly");
    }
  }

  private static String fingerprint(Path key) {
    return new KeyFile(key).publicKey().orElseThrow().fingerprint();
  }

  private static void connectAll(
      SshConnector connector, ConnectOptions options, List<EmbeddedSshd> hosts) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(hosts.size());
    try {
      List<Callable<Boolean>> work = new ArrayList<>();
      for (EmbeddedSshd host : hosts) {
        work.add(
            () -> {
              connector.connect(TestHome.spec(host), options).close();
              return true;
            });
      }
      for (Future<Boolean> one : threads.invokeAll(work)) {
        assertThat(one.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Asks one question and expects one answer. */
  private record Questions(String question, String answer)
      implements KeyboardInteractiveAuthenticator {
    @Override
    public InteractiveChallenge generateChallenge(
        ServerSession session, String username, String lang, String subMethods) {
      InteractiveChallenge challenge = new InteractiveChallenge();
      challenge.setInteractionName("");
      challenge.setInteractionInstruction("");
      challenge.setLanguageTag("");
      challenge.addPrompt(new PromptEntry(question, false));
      return challenge;
    }

    @Override
    public boolean authenticate(ServerSession session, String username, List<String> responses) {
      return responses.equals(List.of(answer));
    }
  }

  /** Announces two thousand million questions. */
  private static final class PromptBomb implements UserAuthFactory {
    @Override
    public String getName() {
      return UserAuthKeyboardInteractive.NAME;
    }

    @Override
    public UserAuth createUserAuth(ServerSession session) {
      return new UserAuthKeyboardInteractive() {
        @Override
        protected Boolean doAuth(Buffer buffer, boolean init) throws Exception {
          Buffer bomb = getServerSession().createBuffer(SshConstants.SSH_MSG_USERAUTH_INFO_REQUEST);
          bomb.putString("");
          bomb.putString("");
          bomb.putString("");
          bomb.putUInt(Integer.MAX_VALUE);
          getServerSession().writePacket(bomb);
          return null;
        }
      };
    }
  }
}
