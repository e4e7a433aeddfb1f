package org.migratecheck.remote;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.migratecheck.model.HostFailure;
import org.migratecheck.model.Printable;

/** The standard streams of the user's ProxyCommand. */
final class CommandTransport extends Transport {
  private static final int MAX_ERRORS = 4096;

  /** How long a command that ends may take to hand over its last words. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final SshSettings settings;
  private final String command;
  private final Duration timeout;
  private final BoundedBytes errors = new BoundedBytes(MAX_ERRORS);
  private volatile Process process;
  private volatile Thread drain = new Thread();

  CommandTransport(SshSettings settings, String command, Duration timeout) {
    this.settings = settings;
    this.command = command;
    this.timeout = timeout;
  }

  @Override
  void open(Patience patience) throws ConnectionException {
    patience.enter("starting the ProxyCommand", timeout);
    try {
      // "exec" as ssh does it, so that the process that is killed is the command itself.
      Process started = new ProcessBuilder("/bin/sh", "-c", "exec " + command).start();
      process = started;
      drain(started.getErrorStream());
      use(started.getInputStream(), started.getOutputStream());
    } catch (IOException e) {
      throw new ConnectionException(
          new HostFailure(
              HostFailure.Kind.UNREACHABLE,
              Printable.line(
                  settings.typed() + ": the ProxyCommand cannot be started: " + e.getMessage(),
                  300),
              ""));
    }
  }

  private void drain(InputStream stream) {
    Thread thread =
        new Thread(
            () -> {
              try (stream) {
                stream.transferTo(errors);
              } catch (IOException e) {
                // The process is gone.
              }
            },
            "ProxyCommand errors " + settings.typed());
    thread.setDaemon(true);
    thread.start();
    drain = thread;
  }

  @Override
  void cut() {
    Process running = process;
    if (running != null) {
      if (hasEnded()) {
        // JSch closes a stream that ended before it reports so; a kill would close the errors too.
        awaitLastWords();
      }
      LocalProcesses.killTree(running);
    }
  }

  private void awaitLastWords() {
    try {
      drain.join(LAST_WORDS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  String address() {
    return "";
  }

  @Override
  String diagnosis() {
    awaitLastWords();
    String said = new String(errors.toByteArray(), StandardCharsets.UTF_8).strip();
    return said.isEmpty() ? "" : "ProxyCommand said: " + Printable.line(said, 300);
  }
}
