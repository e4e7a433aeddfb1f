package org.migratecheck.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a finished command left behind.
 *
 * @param exit its exit status; {@link #TIMED_OUT} when it had to be killed at the deadline
 * @param out standard output
 * @param err standard error
 * @param millis wall time
 */
record Exec(int exit, String out, String err, long millis) {
  /** Exit status of a command that was still running at its deadline. */
  static final int TIMED_OUT = 124;

  boolean ok() {
    return exit == 0;
  }

  boolean timedOut() {
    return exit == TIMED_OUT;
  }

  /** Returns both outputs, errors first, trimmed. */
  String text() {
    return (err.strip() + "\n" + out.strip()).strip();
  }

  /** Returns this when the command succeeded, else throws an error that shows what it said. */
  Exec orFail(String what) {
    if (!ok()) {
      throw new AssertionError(what + ": exit " + exit + " after " + millis + " ms\n" + text());
    }
    return this;
  }

  /**
   * Runs a command to its end or its deadline; at the deadline the process and its children die.
   * Output goes through files, so that a daemon that keeps a stream open cannot hold us.
   */
  static Exec run(Duration deadline, List<String> command) {
    return run(deadline, Map.of(), command);
  }

  /** Like {@link #run(Duration, List)}, with further environment variables. */
  static Exec run(Duration deadline, Map<String, String> environment, List<String> command) {
    long start = System.nanoTime();
    try {
      Path out = Files.createTempFile("lab", ".out");
      Path err = Files.createTempFile("lab", ".err");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .redirectInput(new java.io.File("/dev/null"))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        int exit = TIMED_OUT;
        if (process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
          exit = process.exitValue();
        } else {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
          process.waitFor();
        }
        return new Exec(exit, read(out), read(err), (System.nanoTime() - start) / 1_000_000);
      } finally {
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + command.get(0), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while running " + command.get(0), e);
    }
  }

  private static String read(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}
