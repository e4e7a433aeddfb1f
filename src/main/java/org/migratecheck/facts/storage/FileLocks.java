package org.migratecheck.facts.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactSource;
import org.migratecheck.facts.Outputs;

/**
 * The locks on files that processes of this very host hold ({@code /proc/locks}, proc(5)).
 *
 * @param locks the locks
 */
public record FileLocks(List<Lock> locks) {
  /** The locks that a host's processes hold. */
  public static final Fact<FileLocks> FACT =
      Fact.host("fileLocks", "qemu-storage", FileLocks::parse);

  private static final Pattern LINE =
      Pattern.compile(
          "\\s*[0-9]+: +(?:-> +)?(POSIX|FLOCK|OFDLCK|LEASE|DELEG) +\\S+ +(READ|WRITE|UNLCK) +(-?[0-9]+)"
              + " +([0-9a-f]+):([0-9a-f]+):([0-9]+) +([0-9]+) +([0-9]+|EOF)");
  private static final Pattern OTHER =
      Pattern.compile("\\s*[0-9]+: *(?:-> +)?(?!POSIX|OFDLCK)[A-Z]+ .*");

  /** Copies the list. */
  public FileLocks {
    locks = List.copyOf(locks);
  }

  /**
   * A lock on a range of bytes.
   *
   * @param kind {@code POSIX}, {@code OFDLCK} ...
   * @param exclusive whether it excludes all others
   * @param device the number of the file system, as in {@code stat}: {@code 0:45}
   * @param inode the file
   * @param start the first byte
   * @param end the last byte
   */
  public record Lock(
      String kind,
      boolean exclusive,
      String device,
      long inode,
      long start,
      long end) {

    /** Returns whether the lock covers a byte. */
    public boolean covers(long offset) {
      return start <= offset && offset <= end;
    }
  }

  /** Announces the fact. */
  public static final class Source implements FactSource {
    @Override
    public List<Fact<?>> facts() {
      return List.of(FACT);
    }
  }

  /** Returns the locks on one file. */
  public List<Lock> on(String device, long inode) {
    return locks.stream()
        .filter(l -> l.device().equals(device) && l.inode() == inode)
        .toList();
  }

  private static FileLocks parse(Outputs outputs) {
    List<Lock> locks = new ArrayList<>();
    for (String line : Evidence.lines(outputs, "qemu-storage/locks")) {
      // The kernel has no file for some locks that are just being freed; other kinds of locks do
      // not meet QEMU's.
      if (!line.contains("<none>") && !OTHER.matcher(line).matches()) {
        locks.add(
            parse(line).orElseThrow(() -> Evidence.unreadable(outputs.host(), "locks", line)));
      }
    }
    return new FileLocks(locks);
  }

  private static Optional<Lock> parse(String line) {
    Matcher m = LINE.matcher(line);
    if (!m.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Lock(
              m.group(1),
              m.group(2).equals("WRITE"),
              Integer.parseInt(m.group(4), 16) + ":" + Integer.parseInt(m.group(5), 16),
              Long.parseUnsignedLong(m.group(6)),
              Long.parseLong(m.group(7)),
              m.group(8).equals("EOF") ? Long.MAX_VALUE : Long.parseLong(m.group(8))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
