package org.migratecheck.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;

/** Why cases failed, written down at once for whoever does not want to wait for the end. */
final class Failures {
  private static final Path FILE = Path.of("target/lab-failures.txt");
  private static final AtomicBoolean BEGUN = new AtomicBoolean();

  private Failures() {}

  /** Forgets what earlier runs wrote; once in a run. */
  static void begin() {
    if (BEGUN.compareAndSet(false, true)) {
      try {
        Files.deleteIfExists(FILE);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot remove " + FILE, e);
      }
    }
  }

  /** Adds a failure. */
  static synchronized void note(String name, Throwable why) {
    begin();
    try {
      Files.writeString(
          FILE,
          "%s: %s%n%n".formatted(name, why),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }
}
