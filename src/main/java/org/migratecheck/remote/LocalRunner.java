package org.migratecheck.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.migratecheck.model.Printable;

/** Starts commands as processes of this machine. */
final class LocalRunner implements CommandRunner {
  private volatile Optional<String> startFailure = Optional.empty();

  @Override
  public Running start(List<String> words, ScriptInput input, ScriptStreams streams) {
    startFailure = Optional.empty();
    Process process;
    try {
      process = new ProcessBuilder(words).start();
    } catch (IOException e) {
      startFailure =
          Optional.of(
              words.get(0)
                  + " cannot be started: "
                  + Printable.line(String.valueOf(e.getMessage()), 200));
      streams.end();
      return new Ended();
    }
    AtomicInteger open = new AtomicInteger(2);
    Runnable atEnd =
        () -> {
          if (open.decrementAndGet() == 0) {
            process.onExit().thenRun(streams::end);
          }
        };
    pump("stdin", input, process.getOutputStream(), () -> {});
    pump("stdout", process.getInputStream(), streams.stdout(), atEnd);
    pump("stderr", process.getErrorStream(), streams.stderr(), atEnd);
    return new Command(process, input);
  }

  @Override
  public Optional<String> startFailure() {
    return startFailure;
  }

  private static void pump(String name, InputStream from, OutputStream to, Runnable atEnd) {
    Thread thread =
        new Thread(
            () -> {
              try (from;
                  to) {
                copy(from, to);
              } catch (IOException e) {
                // The process is gone, or does not read on.
              } finally {
                atEnd.run();
              }
            },
            "localhost " + name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Hands on each piece at once: a password must arrive before the next piece is there. */
  private static void copy(InputStream from, OutputStream to) throws IOException {
    byte[] buffer = new byte[16 * 1024];
    for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
      to.write(buffer, 0, n);
      to.flush();
    }
  }

  private record Command(Process process, ScriptInput input) implements Running {
    @Override
    public Optional<Integer> exitStatus() {
      // Java gives 128 + signal for a process that a signal ended, which a shell could also return;
      // it is the status that a shell would show, so it stays.
      return process.isAlive() ? Optional.empty() : Optional.of(process.exitValue());
    }

    @Override
    public void kill() {
      input.close();
      LocalProcesses.killTree(process);
    }
  }

  private record Ended() implements Running {
    @Override
    public Optional<Integer> exitStatus() {
      return Optional.empty();
    }

    @Override
    public void kill() {
      // Nothing runs.
    }
  }
}
