package org.migratecheck.facts.system;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * The memory of a host, all sizes in KiB.
 *
 * @param total what the kernel manages
 * @param available what programs can still get without swapping, {@code MemAvailable}
 * @param swapFree free swap space
 * @param commitLeft what may still be promised when the kernel refuses to overcommit ({@code
 *     vm.overcommit_memory=2}); a negative number when more is promised already; {@link
 *     Long#MAX_VALUE} when it does overcommit
 * @param hugePageDefault the default size of huge pages; 0 where there are none
 * @param hugePages the pools of huge pages
 * @param hugetlbfs page sizes for which a hugetlbfs is mounted
 */
public record Memory(
    long total,
    long available,
    long swapFree,
    long commitLeft,
    long hugePageDefault,
    List<HugePages> hugePages,
    List<Long> hugetlbfs) {
  private static final Pattern POOL = Pattern.compile("hugepages-([0-9]+)kB ([0-9]+) ([0-9]+)");
  private static final Pattern PAGE_SIZE = Pattern.compile("(?:^|,)pagesize=([0-9]+)([KMG]?)");

  /** The memory. */
  public static final Fact<Memory> FACT = Fact.host("memory", "memory", Memory::parse);

  /**
   * A pool of huge pages of one size.
   *
   * @param size the page size in KiB
   * @param pages how many there are
   * @param free how many are free
   */
  public record HugePages(long size, long pages, long free) {}

  /** Copies the lists. */
  public Memory {
    hugePages = List.copyOf(hugePages);
    hugetlbfs = List.copyOf(hugetlbfs);
  }

  private static Memory parse(Outputs outputs) {
    String meminfo = outputs.ok("memory/meminfo");
    boolean strict = outputs.ok("memory/overcommit").strip().equals("2");
    long defaultSize = meminfo.contains("\nHugepagesize:") ? value(outputs, "Hugepagesize") : 0;
    List<HugePages> pools = new ArrayList<>();
    Matcher pool = POOL.matcher(outputs.ok("memory/huge-pages"));
    while (pool.find()) {
      pools.add(new HugePages(number(pool.group(1)), number(pool.group(2)), number(pool.group(3))));
    }
    return new Memory(
        value(outputs, "MemTotal"),
        value(outputs, "MemAvailable"),
        value(outputs, "SwapFree"),
        strict ? value(outputs, "CommitLimit") - value(outputs, "Committed_AS") : Long.MAX_VALUE,
        defaultSize,
        pools,
        mounted(outputs, defaultSize));
  }

  private static List<Long> mounted(Outputs outputs, long defaultSize) {
    List<Long> sizes = new ArrayList<>();
    for (String line : outputs.ok("memory/mounts").split("\n")) {
      String[] fields = line.split(" ");
      if (fields.length >= 4 && fields[2].equals("hugetlbfs")) {
        Matcher size = PAGE_SIZE.matcher(fields[3]);
        sizes.add(size.find() ? number(size.group(1)) * unit(size.group(2)) / 1024 : defaultSize);
      }
    }
    return sizes;
  }

  private static long unit(String letter) {
    return switch (letter) {
      case "K" -> 1L << 10;
      case "M" -> 1L << 20;
      case "G" -> 1L << 30;
      default -> 1;
    };
  }

  private static long value(Outputs outputs, String key) {
    Matcher line =
        Pattern.compile("(?m)^" + key + ":\\s+([0-9]{1,18}) kB\\s*$")
            .matcher(outputs.ok("memory/meminfo"));
    if (!line.find()) {
      throw new Undetermined(outputs.host() + ": /proc/meminfo tells no " + key);
    }
    return Long.parseLong(line.group(1));
  }

  private static long number(String digits) {
    return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
  }
}
