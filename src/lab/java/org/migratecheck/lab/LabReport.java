package org.migratecheck.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The tables of all cases with the counts of wrong verdicts; printed and written when closed. Safe
 * for use by several threads.
 */
final class LabReport implements AutoCloseable {
  /** Where the tables are written. */
  static final Path FILE = Path.of("target/lab-report.txt");

  private final Map<LabTable, SortedMap<String, String>> tables = new EnumMap<>(LabTable.class);
  private final Map<String, Long> times = new TreeMap<>();
  private final Matrix matrix = new Matrix();
  private final long start = System.nanoTime();
  private long seconds;

  /** Returns the counts of verdicts against the truth. */
  Matrix matrix() {
    return matrix;
  }

  /**
   * Adds a line to a table.
   *
   * @param key where it is sorted
   * @param took seconds of the whole case
   */
  synchronized void add(LabTable table, String key, long took, String... cells) {
    tables.computeIfAbsent(table, t -> new TreeMap<>()).put(key, table.line(took, List.of(cells)));
    seconds += took;
    write(); // what is known so far survives a run that is cut short
  }

  /** Does something, and adds its time to that of its kind. */
  <T> T timed(String kind, Supplier<T> what) {
    long begin = System.nanoTime();
    try {
      return what.get();
    } finally {
      long millis = (System.nanoTime() - begin) / 1_000_000;
      synchronized (this) {
        times.merge(kind, millis, Long::sum);
      }
    }
  }

  /** Like {@link #timed(String, Supplier)}. */
  void timed(String kind, Runnable what) {
    timed(
        kind,
        () -> {
          what.run();
          return kind;
        });
  }

  private synchronized String text() {
    var text = new StringBuilder();
    int cases = 0;
    for (var table : tables.entrySet()) {
      text.append(table.getKey().head());
      table.getValue().values().forEach(text::append);
      text.append("%d lines%n%n".formatted(table.getValue().size()));
      cases += table.getValue().size();
    }
    text.append(matrix);
    text.append(
        "%d cases in %d s, %d s one after another; of these in %%:"
            .formatted(cases, (System.nanoTime() - start) / 1_000_000_000, seconds));
    long all = Math.max(1, seconds);
    times.forEach((kind, millis) -> text.append(" %s %d".formatted(kind, millis / 10 / all)));
    text.append(System.lineSeparator());
    return text.toString();
  }

  private void write() {
    try {
      Files.createDirectories(FILE.toAbsolutePath().getParent());
      Files.writeString(FILE, text());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + FILE, e);
    }
  }

  @Override
  public synchronized void close() {
    if (!tables.isEmpty()) {
      write();
      System.out.println(text());
    }
  }
}
