package org.migratecheck.facts.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * A NUMA node of a host.
 *
 * @param id its number
 * @param freeKib its free memory in KiB
 * @param freePages its free huge pages by page size in KiB
 */
public record NumaNodes(int id, long freeKib, SortedMap<Long, Long> freePages) {
  private static final Pattern FREE = Pattern.compile("node([0-9]{1,4}) free ([0-9]{1,18})");
  private static final Pattern POOL =
      Pattern.compile("node([0-9]{1,4}) hugepages-([0-9]{1,12})kB ([0-9]{1,18})");

  /** The NUMA nodes; empty where the kernel has no NUMA. */
  public static final Fact<List<NumaNodes>> FACT =
      Fact.host("numaNodes", "capacity", NumaNodes::parse);

  /** Copies the map. */
  public NumaNodes {
    freePages = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(freePages));
  }

  private static List<NumaNodes> parse(Outputs outputs) {
    SortedMap<Integer, Long> free = new TreeMap<>();
    Map<Integer, SortedMap<Long, Long>> pages = new TreeMap<>();
    for (String line : Lines.of(outputs, "capacity/nodes")) {
      Matcher memory = FREE.matcher(line);
      Matcher pool = POOL.matcher(line);
      if (memory.matches()) {
        free.put(Integer.parseInt(memory.group(1)), Long.parseLong(memory.group(2)));
      } else if (pool.matches()) {
        pages
            .computeIfAbsent(Integer.parseInt(pool.group(1)), n -> new TreeMap<>())
            .put(Long.parseLong(pool.group(2)), Long.parseLong(pool.group(3)));
      } else {
        throw new Undetermined(outputs.host() + ": the list of NUMA nodes is not readable");
      }
    }
    List<NumaNodes> nodes = new ArrayList<>();
    free.forEach(
        (id, kib) -> nodes.add(new NumaNodes(id, kib, pages.getOrDefault(id, new TreeMap<>()))));
    return List.copyOf(nodes);
  }
}
