package org.migratecheck.remote;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.migratecheck.model.HostFailure.Kind;
import org.migratecheck.model.Printable;
import org.migratecheck.remote.ScriptStreams.Event;

/**
 * Runs one script as standard input of {@code /bin/sh -s}, through sudo where that is wanted.
 *
 * <p>The first line that the shell gets prints a random mark on standard error. When the command
 * ends without it, the script was never begun, and the login shell or sudo is to blame: an exit
 * status alone could not tell.
 */
final class ScriptRun {
  private static final List<String> SHELL = List.of("/bin/sh", "-s");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final CommandRunner runner;
  private final String typed;
  private final String user;
  private final SudoMode sudo;
  private final ConnectOptions options;
  private final Secrets secrets;

  /**
   * @param typed the host as typed, for messages
   * @param user the login user
   * @param sudo how to become root; {@link SudoMode#NONE} when the user is root
   */
  ScriptRun(
      CommandRunner runner,
      String typed,
      String user,
      SudoMode sudo,
      ConnectOptions options,
      Secrets secrets) {
    this.runner = runner;
    this.typed = typed;
    this.user = user;
    this.sudo = sudo;
    this.options = options;
    this.secrets = secrets;
  }

  /**
   * Runs {@code script}.
   *
   * @throws ConnectionException when it could not be started
   */
  ScriptResult run(String script, ScriptLimits limits) throws ConnectionException {
    long deadline = System.nanoTime() + limits.deadline().toNanos();
    try {
      if (sudo == SudoMode.NONE) {
        return plain(SHELL, script, limits, deadline);
      }
      return plain(sudo(List.of("-n"), SHELL), script, limits, deadline);
    } catch (PasswordNeededException e) {
      return sudoWithPassword(e.getMessage(), script, limits);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /** sudo wants a password and must not ask; the message is what it said. */
  private static final class PasswordNeededException extends Exception {
    private static final long serialVersionUID = 1L;

    PasswordNeededException(String said) {
      super(said);
    }
  }

  private static List<String> sudo(List<String> options, List<String> command) {
    // In English, so that what it says can be understood.
    List<String> words = new ArrayList<>(List.of("env", "LC_ALL=C", "sudo"));
    words.addAll(options);
    words.add("--");
    words.addAll(command);
    return words;
  }

  /** Sends the script along with the command: neither the shell nor {@code sudo -n} reads first. */
  private ScriptResult plain(
      List<String> command, String script, ScriptLimits limits, long deadline)
      throws ConnectionException, InterruptedException, PasswordNeededException {
    String mark = nonce();
    ScriptStreams streams = new ScriptStreams(limits, mark, nonce());
    ScriptInput input = new ScriptInput();
    feed(input, mark, script);
    CommandRunner.Running running = runner.start(command, input, streams);
    Event event = streams.awaitStart(deadline);
    if (event != Event.STARTED) {
      running.kill();
      throw notStarted(event, streams);
    }
    return finish(running, input, streams, deadline);
  }

  private ScriptResult sudoWithPassword(String refusal, String script, ScriptLimits limits)
      throws ConnectionException {
    if (sudo == SudoMode.WITHOUT_PASSWORD) {
      throw sudoRefused(refusal);
    }
    Optional<char[]> password = secrets.sudoPassword(options.prompter(), user, typed);
    if (password.isEmpty()) {
      throw sudoRefused("sudo needs a password, and nobody gave it");
    }
    // The clock begins here: the time that a person took does not count.
    long deadline = System.nanoTime() + limits.deadline().toNanos();
    try {
      return withPassword(password.get(), script, limits, deadline);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private ScriptResult withPassword(
      char[] password, String script, ScriptLimits limits, long deadline)
      throws ConnectionException, InterruptedException {
    long sudoDeadline = Math.min(deadline, System.nanoTime() + options.authTimeout().toNanos());
    String mark = nonce();
    String prompt = nonce();
    ScriptStreams streams = new ScriptStreams(limits, mark, prompt);
    ScriptInput input = new ScriptInput();
    // The mark comes from the command and not from standard input, which sudo would take for
    // further passwords after a wrong one. -k: ask even when a ticket is left, and leave none.
    List<String> command =
        sudo(
            List.of("-S", "-k", "-p", prompt),
            List.of(SHELL.get(0), "-c", "echo " + mark + " >&2; exec " + String.join(" ", SHELL)));
    CommandRunner.Running running = runner.start(command, input, streams);
    Event event = streams.awaitStart(sudoDeadline);
    boolean asked = event == Event.PROMPTED;
    if (asked) {
      input.add(line(password));
      event = streams.awaitStart(sudoDeadline);
    }
    if (event == Event.STARTED) {
      input.add(script.getBytes(StandardCharsets.UTF_8));
      input.finish();
      return finish(running, input, streams, deadline);
    }
    running.kill();
    Optional<String> failure = runner.startFailure();
    if (failure.isPresent()) {
      throw Failures.of(Kind.UNREACHABLE, typed + ": " + failure.get(), "");
    }
    String said = lastLine(streams.said().replace(prompt, ""));
    boolean wrong = event == Event.PROMPTED || said.contains("incorrect password");
    if (asked && wrong) {
      throw Failures.of(
          Kind.SUDO, typed + ": sudo refused the password of " + user + " (it is tried once)", "");
    }
    throw sudoRefused(
        event == Event.TIMED_OUT && !asked
            ? "sudo does not ask in a way that is understood" + colon(said)
            : said);
  }

  private ScriptResult finish(
      CommandRunner.Running running, ScriptInput input, ScriptStreams streams, long deadline)
      throws InterruptedException {
    Event event;
    try {
      event = streams.awaitEnd(deadline);
    } catch (InterruptedException e) {
      running.kill();
      throw e;
    }
    Optional<Integer> status = Optional.empty();
    if (event == Event.ENDED) {
      status = running.exitStatus();
    } else {
      running.kill();
    }
    return new ScriptResult(
        status,
        streams.stdoutBytes(),
        streams.stderrBytes(),
        event == Event.CUT,
        event == Event.TIMED_OUT,
        input.sentAt().orElseGet(Instant::now),
        streams.firstByteAt());
  }

  private ConnectionException notStarted(Event event, ScriptStreams streams)
      throws PasswordNeededException {
    Optional<String> failure = runner.startFailure();
    if (failure.isPresent()) {
      return Failures.of(Kind.UNREACHABLE, typed + ": " + failure.get(), "");
    }
    String said = lastLine(streams.said());
    if (event == Event.TIMED_OUT) {
      return Failures.of(
          Kind.TIMED_OUT,
          typed + ": logged in, but the shell did not begin before the deadline" + colon(said),
          "Does a start-up file of the login shell hang or ask?");
    }
    if (sudo == SudoMode.NONE) {
      String shown = said.isEmpty() ? lastLine(Printable.decode(streams.stdoutBytes())) : said;
      return Failures.of(
          Kind.SHELL,
          typed
              + ": logged in, but the login shell of "
              + user
              + " runs no commands"
              + colon(shown),
          "The account needs a POSIX shell, and no forced command in authorized_keys or sshd.");
    }
    if (said.contains("password") || said.contains("authentication is required")) {
      throw new PasswordNeededException(said);
    }
    return sudoRefused(said);
  }

  private ConnectionException sudoRefused(String said) {
    String tty = said.contains("tty") ? "Defaults:" + user + " !requiretty   and   " : "";
    return Failures.of(
        Kind.SUDO,
        typed + ": no root rights through sudo" + colon(said),
        "On the host, with visudo (this gives "
            + user
            + " the rights of root): "
            + tty
            + user
            + " ALL=(root) NOPASSWD: "
            + String.join(" ", SHELL));
  }

  private ConnectionException interrupted() {
    Thread.currentThread().interrupt();
    return Failures.of(Kind.OTHER, typed + ": interrupted", "");
  }

  private static String colon(String said) {
    return said.isEmpty() ? "" : ": " + said;
  }

  private static String lastLine(String text) {
    String[] lines = text.strip().split("\n");
    return Printable.line(lines[lines.length - 1].strip(), 200);
  }

  private static void feed(ScriptInput input, String mark, String script) {
    input.add(("echo " + mark + " >&2\n").getBytes(StandardCharsets.US_ASCII));
    input.add(script.getBytes(StandardCharsets.UTF_8));
    input.finish();
  }

  private static byte[] line(char[] password) {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
    byte[] line = Arrays.copyOf(encoded.array(), encoded.limit() + 1);
    line[encoded.limit()] = '\n';
    Arrays.fill(encoded.array(), (byte) 0);
    return line;
  }

  private static String nonce() {
    byte[] random = new byte[12];
    RANDOM.nextBytes(random);
    return "migrate-check-" + HexFormat.of().formatHex(random);
  }
}
