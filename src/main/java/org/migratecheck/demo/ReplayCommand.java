package org.migratecheck.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.migratecheck.collect.BatchRequest;

/**
 * Stands in for {@code sh -s}: reads the script, understands what it asks for, and prints what was
 * recorded. It runs nothing.
 */
final class ReplayCommand implements Command {
  private static final int MAX_SCRIPT = 4 * 1024 * 1024;

  // The one command that a connection sends before the script: it wants to see a shell begin.
  private static final Pattern ECHO = Pattern.compile("echo ([A-Za-z0-9-]{1,100}) >&2");

  private final Function<BatchRequest, byte[]> answers;
  private InputStream in = InputStream.nullInputStream();
  private OutputStream out = OutputStream.nullOutputStream();
  private OutputStream err = OutputStream.nullOutputStream();
  private Optional<ExitCallback> exit = Optional.empty();
  private Optional<Thread> thread = Optional.empty();

  ReplayCommand(Function<BatchRequest, byte[]> answers) {
    this.answers = answers;
  }

  @Override
  public void start(ChannelSession channel, Environment environment) {
    Thread worker = new Thread(this::run, "replay");
    worker.setDaemon(true);
    thread = Optional.of(worker);
    worker.start();
  }

  private void run() {
    int status;
    try {
      status = answer();
    } catch (IOException e) {
      // The client has gone.
      status = 1;
    }
    int code = status;
    exit.ifPresent(e -> e.onExit(code));
  }

  private int answer() throws IOException {
    String script = new String(in.readNBytes(MAX_SCRIPT), StandardCharsets.UTF_8);
    Matcher echo = ECHO.matcher(script.lines().findFirst().orElse(""));
    if (echo.matches()) {
      say(err, echo.group(1) + "\n");
    }
    Optional<BatchRequest> request = BatchRequest.parse(script);
    if (request.isEmpty()) {
      say(err, "this host replays recorded evidence and runs no commands\n");
      return 127;
    }
    out.write(answers.apply(request.get()));
    out.flush();
    return 0;
  }

  private static void say(OutputStream to, String text) throws IOException {
    to.write(text.getBytes(StandardCharsets.UTF_8));
    to.flush();
  }

  @Override
  public void destroy(ChannelSession channel) {
    thread.ifPresent(Thread::interrupt);
  }

  @Override
  public void setInputStream(InputStream stream) {
    in = stream;
  }

  @Override
  public void setOutputStream(OutputStream stream) {
    out = stream;
  }

  @Override
  public void setErrorStream(OutputStream stream) {
    err = stream;
  }

  @Override
  public void setExitCallback(ExitCallback callback) {
    exit = Optional.of(callback);
  }
}
