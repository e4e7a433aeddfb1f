package org.migratecheck.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/** Which cases of a suite are made: those that were asked for, else the usual ones. */
final class Chosen {
  private final String property;
  private final String suite;

  /**
   * The choice for one suite.
   *
   * @param property the system property: {@code all}, or {@code ID[,ID...]}
   * @param suite its usual cases, one a line, are in {@code src/lab/usual-SUITE.txt}
   */
  Chosen(String property, String suite) {
    this.property = property;
    this.suite = suite;
  }

  boolean takes(String id) {
    String ids = System.getProperty(property, "");
    return ids.equals("all") || (ids.isEmpty() ? usual() : List.of(ids.split(","))).contains(id);
  }

  List<String> usual() {
    try {
      return Files.readAllLines(Lab.project().resolve("src/lab/usual-" + suite + ".txt"));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the usual cases of " + suite, e);
    }
  }
}
