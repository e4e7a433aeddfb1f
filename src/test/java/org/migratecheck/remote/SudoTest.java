package org.migratecheck.remote;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.migratecheck.model.HostFailure;
import org.migratecheck.model.HostFailure.Kind;

/** An ordinary user who becomes root by sudo; the host plays sudo as its manual describes it. */
class SudoTest {
  private static final Pattern ASKING =
      Pattern.compile(
          "env LC_ALL=C sudo -S -k -p (\\S+) -- /bin/sh -c '(echo \\S+ >&2); exec /bin/sh -s'");
  private static final String NOT_ASKING = "env LC_ALL=C sudo -n -- /bin/sh -s";

  @TempDir Path temp;
  private EmbeddedSshd host;
  private TestHome home;
  private final List<String> questions = new ArrayList<>();
  private final List<String> readBySudo = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    host = EmbeddedSshd.start();
    home = TestHome.knowing(host, temp).config("User ops");
  }

  @AfterEach
  void stop() throws Exception {
    host.close();
  }

  private HostConnection connect(SudoMode mode, Prompter prompter) throws ConnectionException {
    return new SshConnector(home.environment())
        .connect(
            TestHome.spec(host),
            ConnectOptions.defaults()
                .withSudo(mode)
                .withPrompter(prompter)
                .withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(2)));
  }

  private HostFailure refusal(SudoMode mode, Prompter prompter) throws Exception {
    try (HostConnection connection = connect(mode, prompter)) {
      ConnectionException e =
          catchThrowableOfType(
              ConnectionException.class, () -> connection.run("id\n", TestHome.limits()));
      assertThat(e).as("a refusal").isNotNull();
      return e.failure();
    }
  }

  /** A sudo that wants {@code password}; an empty one means NOPASSWD. */
  private EmbeddedSshd.Handler sudo(String password) {
    return (command, in, out, err) -> {
      if (command.equals(NOT_ASKING) && password.isEmpty()) {
        return EmbeddedSshd.SHELL.run(command, in, out, err);
      }
      if (command.equals(NOT_ASKING)) {
        return say(err, "sudo: a password is required\n", 1);
      }
      Matcher asking = ASKING.matcher(command);
      if (!asking.matches()) {
        return say(err, "unexpected command: " + command + "\n", 99);
      }
      say(err, "We trust you have received the usual lecture.\n", 0);
      for (int tries = 0; tries < 3; tries++) {
        say(err, asking.group(1), 0);
        String line = readLine(in);
        readBySudo.add(line);
        if (line.equals(password)) {
          say(err, asking.group(2).replaceAll("^echo | >&2$", "") + "\n", 0);
          return EmbeddedSshd.SHELL.run("", in, out, err);
        }
        say(err, "Sorry, try again.\n", 0);
      }
      return say(err, "sudo: 3 incorrect password attempts\n", 1);
    };
  }

  private static int say(OutputStream err, String text, int status) throws Exception {
    err.write(text.getBytes(UTF_8));
    err.flush();
    return status;
  }

  private static String readLine(InputStream in) throws Exception {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      line.write(c);
    }
    return line.toString(UTF_8);
  }

  @Test
  void withoutSudoTheScriptRunsAsTheUser() throws Exception {
    try (HostConnection connection = connect(SudoMode.NONE, Prompter.NONE)) {
      assertThat(connection.identity().privileged()).isFalse();
      assertThat(connection.identity().user()).isEqualTo("ops");
      assertThat(connection.run("exit 5\n", TestHome.limits()).exitStatus()).contains(5);
      assertThat(host.commands()).containsExactly("/bin/sh -s");
    }
  }

  @Test
  void rootNeedsNoSudo() throws Exception {
    home = TestHome.knowing(host, temp.resolve("root"));
    try (HostConnection connection = connect(SudoMode.WITH_PASSWORD, Prompter.NONE)) {
      assertThat(connection.identity().privileged()).isTrue();
      connection.run("exit 0\n", TestHome.limits());
      assertThat(host.commands()).containsExactly("/bin/sh -s");
    }
  }

  @Test
  void withoutPassword() throws Exception {
    host.handler(sudo(""));
    for (SudoMode mode : List.of(SudoMode.WITHOUT_PASSWORD, SudoMode.WITH_PASSWORD)) {
      try (HostConnection connection = connect(mode, TestHome.answering(questions, "secret"))) {
        assertThat(connection.identity().privileged()).isTrue();
        ScriptResult result = connection.run("echo yes; exit 6\n", TestHome.limits());
        assertThat(result.exitStatus()).contains(6);
        assertThat(new String(result.stdout(), UTF_8)).isEqualTo("yes\n");
      }
    }
    assertThat(questions).isEmpty();
    assertThat(host.commands()).containsOnly(NOT_ASKING);
  }

  @Test
  void aPasswordGoesToStandardInputOnceItIsAskedFor() throws Exception {
    host.handler(sudo("sécret"));
    try (HostConnection connection =
        connect(SudoMode.WITH_PASSWORD, TestHome.answering(questions, "sécret"))) {
      for (int i = 0; i < 2; i++) {
        ScriptResult result = connection.run("cat <<E\nhere\nE\nexit 7\n", TestHome.limits());
        assertThat(result.exitStatus()).contains(7);
        assertThat(new String(result.stdout(), UTF_8)).isEqualTo("here\n");
        assertThat(new String(result.stderr(), UTF_8))
            .isEqualTo("We trust you have received the usual lecture.\n");
      }
    }
    assertThat(questions)
        .singleElement()
        .asString()
        .startsWith("sudo password of ops on 127.0.0.1:");
    assertThat(readBySudo).containsExactly("sécret", "sécret");
    assertThat(host.commands()).noneMatch(c -> c.contains("cret"));
  }

  @Test
  void aWrongPasswordIsSentOnceAndNothingElseIsTakenForOne() throws Exception {
    host.handler(sudo("secret"));
    HostFailure failure = refusal(SudoMode.WITH_PASSWORD, TestHome.answering(questions, "wrong"));
    assertThat(failure.kind()).isEqualTo(Kind.SUDO);
    assertThat(failure.message()).contains("refused the password of ops").doesNotContain("wrong");
    assertThat(readBySudo).containsExactly("wrong");
    assertThat(questions).hasSize(1);
  }

  @Test
  void withoutARuleTheSudoersLineIsShown() throws Exception {
    host.handler(sudo("secret"));
    HostFailure failure = refusal(SudoMode.WITHOUT_PASSWORD, Prompter.NONE);
    assertThat(failure.kind()).isEqualTo(Kind.SUDO);
    assertThat(failure.message()).endsWith("sudo: a password is required");
    assertThat(failure.advice()).endsWith("ops ALL=(root) NOPASSWD: /bin/sh -s");
    assertThat(refusal(SudoMode.WITH_PASSWORD, Prompter.NONE).message())
        .endsWith("sudo needs a password, and nobody gave it");
    assertThat(readBySudo).isEmpty();
  }

  @Test
  void aUserWithoutAnyRightLearnsItAfterTheRightPassword() throws Exception {
    host.handler(
        (command, in, out, err) -> {
          Matcher asking = ASKING.matcher(command);
          if (!asking.matches()) {
            return say(err, "sudo: a password is required\n", 1);
          }
          say(err, asking.group(1), 0);
          readBySudo.add(readLine(in));
          return say(err, "\nops is not in the sudoers file.\n", 1);
        });
    HostFailure failure = refusal(SudoMode.WITH_PASSWORD, TestHome.answering(questions, "secret"));
    assertThat(failure.message())
        .endsWith("no root rights through sudo: ops is not in the sudoers file.");
    assertThat(readBySudo).containsExactly("secret");
  }

  @Test
  void aTerminalThatSudoWantsIsExplained() throws Exception {
    host.handler(
        (command, in, out, err) -> say(err, "sudo: sorry, you must have a tty to run sudo\n", 1));
    HostFailure failure = refusal(SudoMode.WITHOUT_PASSWORD, Prompter.NONE);
    assertThat(failure.advice()).contains("Defaults:ops !requiretty");
  }

  @Test
  void missingSudoIsNamed() throws Exception {
    host.handler((command, in, out, err) -> say(err, "bash: sudo: command not found\n", 127));
    HostFailure failure = refusal(SudoMode.WITH_PASSWORD, TestHome.answering(questions, "secret"));
    assertThat(failure.kind()).isEqualTo(Kind.SUDO);
    assertThat(failure.message()).endsWith("bash: sudo: command not found");
    assertThat(questions).isEmpty();
  }

  @Test
  void aQuestionThatIsNotSudosGetsNoPassword() throws Exception {
    host.handler(
        (command, in, out, err) -> {
          if (command.equals(NOT_ASKING)) {
            return say(err, "sudo: a password is required\n", 1);
          }
          say(err, "Password: ", 0);
          readBySudo.add(readLine(in));
          return 0;
        });
    HostFailure failure = refusal(SudoMode.WITH_PASSWORD, TestHome.answering(questions, "secret"));
    assertThat(failure.kind()).isEqualTo(Kind.SUDO);
    assertThat(failure.message()).contains("does not ask in a way that is understood");
    assertThat(readBySudo).isEmpty();
  }
}
