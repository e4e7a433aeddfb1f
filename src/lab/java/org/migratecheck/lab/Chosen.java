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
   * @param property the system property: {@code all}, or {@code ID[,ID...]}; {@code ID+ID} makes
   *     them together
   * @param suite its usual cases are in {@code src/lab/usual-SUITE.txt}; those on one line are made
   *     together
   */
  Chosen(String property, String suite) {
    this.property = property;
    this.suite = suite;
  }

  boolean takes(String id) {
    return all() || rounds(List.of(id)).stream().anyMatch(round -> round.contains(id));
  }

  /** Returns what is made together, and in which order. What was asked for is made alone. */
  List<List<String>> rounds(List<String> all) {
    String ids = System.getProperty(property, "");
    if (ids.isEmpty()) {
      return lines();
    }
    return (all() ? all : List.of(ids.split(",")))
        .stream().map(round -> List.of(round.split("\\+"))).toList();
  }

  /** Returns the usual cases. */
  List<String> usual() {
    return lines().stream().flatMap(List::stream).toList();
  }

  private boolean all() {
    return System.getProperty(property, "").equals("all");
  }

  private List<List<String>> lines() {
    try {
      return Files.readAllLines(Lab.project().resolve("src/lab/usual-" + suite + ".txt")).stream()
          .map(line -> List.of(line.split(" ")))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the usual cases of " + suite, e);
    }
  }
}
