package org.migratecheck.facts.host;

import java.util.ArrayList;
import java.util.List;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.Printable;

/**
 * How much a directory that libvirt or QEMU writes to can still hold.
 *
 * @param use what it is for: {@code log}, {@code state}, {@code swtpm} or {@code backing}
 * @param directory the directory, or the nearest one above it that exists
 * @param freeKib free space for root in KiB
 * @param totalKib the size of its file system in KiB
 * @param inodesFree files that can still be made; {@link Long#MAX_VALUE} where the file system has
 *     no such limit
 * @param readOnly whether its file system is mounted read-only; false where evidence of an earlier
 *     version does not tell
 * @param closed whether only root may pass it or a directory above it, while QEMU runs as another
 *     user; false where evidence of an earlier version does not tell
 */
public record Space(
    String use,
    String directory,
    long freeKib,
    long totalKib,
    long inodesFree,
    boolean readOnly,
    boolean closed) {
  /** The directories. */
  public static final Fact<List<Space>> FACT = Fact.host("hostSpace", "capacity", Space::parse);

  private static List<Space> parse(Outputs outputs) {
    List<Space> result = new ArrayList<>();
    for (String line : Lines.of(outputs, "capacity/space")) {
      String[] fields = line.split("\t", 3);
      String[] figures = fields.length == 3 ? fields[1].split(" ") : new String[0];
      boolean told =
          fields.length == 3 && figures.length == 7 && fields[1].matches(".* r[ow] (open|closed)");
      if (figures.length != 5 && !told) {
        throw new Undetermined(outputs.host() + ": the list of file systems is not readable");
      }
      long block = Lines.number(outputs, "a block size", figures[0]);
      long inodes = Lines.number(outputs, "a number of files", figures[3]);
      result.add(
          new Space(
              fields[0],
              Printable.line(fields[2]),
              kib(block, Lines.number(outputs, "a number of blocks", figures[2])),
              kib(block, Lines.number(outputs, "a number of blocks", figures[1])),
              inodes == 0 ? Long.MAX_VALUE : Lines.number(outputs, "a number of files", figures[4]),
              told && figures[5].equals("ro"),
              told && figures[6].equals("closed")));
    }
    return List.copyOf(result);
  }

  private static long kib(long block, long count) {
    double bytes = (double) block * count;
    return bytes >= Long.MAX_VALUE ? Long.MAX_VALUE / 1024 : (long) (bytes / 1024);
  }
}
