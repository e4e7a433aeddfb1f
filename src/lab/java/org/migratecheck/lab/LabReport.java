package org.migratecheck.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The table of all faults with the counts of wrong verdicts; printed and written when closed. Safe
 * for use by several threads.
 */
final class LabReport implements AutoCloseable {
  /** Where the table is written. */
  static final Path FILE = Path.of("target/lab-report.txt");

  private final List<Row> rows = new ArrayList<>();
  private final Map<String, Long> times = new TreeMap<>();
  private int falseReady;
  private int falseNotReady;
  private int undetermined;

  /**
   * One case.
   *
   * @param id the fault, or "healthy"
   * @param requirement what it violates
   * @param before verdict with the fault
   * @param finding the check that found it
   * @param reality what the real migration did with the fault
   * @param mended verdict after the fix, and how it was mended
   * @param moved what the real migration did after the fix
   * @param seconds time of the whole case
   */
  record Row(
      String id,
      String requirement,
      String before,
      String finding,
      String reality,
      String mended,
      String moved,
      long seconds) {}

  synchronized void add(Row row) {
    rows.add(row);
    write(); // what is known so far survives a run that is cut short
  }

  /** Does something, and adds its time to that of its kind. */
  <T> T timed(String kind, Supplier<T> what) {
    long start = System.nanoTime();
    try {
      return what.get();
    } finally {
      long millis = (System.nanoTime() - start) / 1_000_000;
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

  /** Counts a verdict against the truth. */
  synchronized void count(boolean sound, String verdict) {
    if (verdict.equals("UNDETERMINED")) {
      undetermined++;
    } else if (sound && !verdict.equals("READY")) {
      falseNotReady++;
    } else if (!sound && verdict.equals("READY")) {
      falseReady++;
    }
  }

  private String table() {
    var text = new StringBuilder();
    String format = "%-28s %-13s %-28s %-60s %-22s %-18s %4s%n";
    text.append(
        format.formatted(
            "fault", "verdict", "found by", "real virsh migrate", "after the fix", "then", "s"));
    for (Row row : rows.stream().sorted(Comparator.comparing(Row::requirement).thenComparing(Row::id)).toList()) {
      text.append(
          format.formatted(
              row.id(),
              row.before(),
              cut(row.finding(), 28),
              cut(row.reality(), 60),
              row.mended(),
              row.moved(),
              row.seconds()));
    }
    text.append(
        "%n%d cases; false READY %d, false NOT READY %d, undetermined %d%n"
            .formatted(rows.size(), falseReady, falseNotReady, undetermined));
    long all = Math.max(1, rows.stream().mapToLong(Row::seconds).sum());
    text.append("%d s in %d labs, of that in %%:".formatted(all, Labs.LIMIT));
    times.forEach((kind, millis) -> text.append(" %s %d".formatted(kind, millis / 10 / all)));
    text.append(System.lineSeparator());
    return text.toString();
  }

  private static String cut(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + "…";
  }

  private void write() {
    try {
      Files.createDirectories(FILE.toAbsolutePath().getParent());
      Files.writeString(FILE, table());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + FILE, e);
    }
  }

  @Override
  public synchronized void close() {
    if (!rows.isEmpty()) {
      write();
      System.out.println(table());
    }
  }
}
