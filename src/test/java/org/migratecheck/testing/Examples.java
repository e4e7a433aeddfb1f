package org.migratecheck.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.migratecheck.model.Finding;

/**
 * Notes what each check said in the unit tests of this run. {@code ExamplesIT} reads it afterwards
 * and misses the checks that were never seen to hold, or never seen to find something.
 */
public final class Examples {
  /** Where it is noted, a line {@code id STATUS} each. */
  public static final Path FILE = Path.of("target/judged-checks.txt");

  private static final Set<String> SEEN = new TreeSet<>();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(Examples::write));
  }

  private Examples() {}

  /** Notes findings and returns them. */
  public static List<Finding> noted(List<Finding> findings) {
    synchronized (SEEN) {
      findings.forEach(f -> SEEN.add(f.id() + " " + f.status()));
    }
    return findings;
  }

  private static void write() {
    synchronized (SEEN) {
      try {
        Files.write(FILE, SEEN);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
