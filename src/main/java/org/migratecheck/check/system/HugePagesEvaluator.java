package org.migratecheck.check.system;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.system.LibvirtService;
import org.migratecheck.facts.system.Memory;
import org.migratecheck.model.Observed;

/** Whether the destination has the huge pages that a guest's memory is made of. */
final class HugePagesEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    Xml xml = context.guest().xml();
    Optional<Xml> backing = xml.first("memoryBacking/hugepages");
    if (backing.isEmpty()) {
      return Outcome.skipped("none");
    }
    Memory memory = context.destination(Memory.FACT);
    Map<Long, Long> needed = new TreeMap<>();
    List<Xml> pages = backing.get().all("page");
    if (pages.isEmpty()) {
      if (memory.hugePageDefault() == 0) {
        throw new Undetermined(
            context.destination().name() + ": the kernel tells no default size of huge pages");
      }
      needed.put(memory.hugePageDefault(), MemoryEvaluators.memory(xml));
    }
    for (Xml page : pages) {
      long size = Sizes.kib(page.attr("size"), page.attribute("unit").orElse("KiB"));
      needed.merge(size, share(xml, page), Long::sum);
    }
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    needed.forEach((size, kib) -> judge(context, memory, size, kib, problems, observed));
    return Outcome.of(problems, observed);
  }

  private static void judge(
      CheckContext context,
      Memory memory,
      long size,
      long kib,
      List<Problem> problems,
      List<Observed> observed) {
    if (size == 0) {
      throw new Undetermined("the guest's XML has huge pages of size 0");
    }
    if (size == 4) {
      return; // ordinary pages, listed for a part of the guest's memory
    }
    long count = (kib + size - 1) / size;
    long free =
        memory.hugePages().stream()
            .filter(p -> p.size() == size)
            .mapToLong(Memory.HugePages::free)
            .sum();
    observed.add(new Observed("pages of " + size + " KiB", count + " needed", free + " free"));
    String daemon = context.destination(LibvirtService.FACT).daemon();
    String[] values = {
      "size",
      Long.toString(size),
      "count",
      Long.toString(count),
      "free",
      Long.toString(free),
      "lacking",
      Long.toString(Math.max(0, count - free)),
      "daemon",
      daemon.isEmpty() ? "libvirtd" : daemon
    };
    if (!memory.hugetlbfs().contains(size)) {
      problems.add(Problem.of("not-mounted", values));
    }
    if (free < count) {
      problems.add(Problem.of("too-few", values));
    }
  }

  /** Returns the KiB of guest memory that {@code page} serves: all, or the cells of its nodeset. */
  private static long share(Xml xml, Xml page) {
    Optional<String> nodeset = page.attribute("nodeset");
    if (nodeset.isEmpty()) {
      return MemoryEvaluators.memory(xml);
    }
    BitSet nodes = nodes(nodeset.get());
    long sum = 0;
    for (Xml cell : xml.all("cpu/numa/cell")) {
      if (nodes.get(number(cell.attr("id")))) {
        sum += Sizes.kib(cell.attr("memory"), cell.attribute("unit").orElse("KiB"));
      }
    }
    return sum;
  }

  /** Reads a set such as {@code 0-2,4,^1}. */
  private static BitSet nodes(String text) {
    BitSet nodes = new BitSet();
    for (String part : text.split(",")) {
      boolean without = part.startsWith("^");
      String[] range = (without ? part.substring(1) : part).strip().split("-", 2);
      int from = number(range[0]);
      nodes.set(from, Math.max(from, number(range[range.length - 1])) + 1, !without);
    }
    return nodes;
  }

  private static int number(String text) {
    if (!text.strip().matches("[0-9]{1,5}")) {
      throw new Undetermined("the guest's XML has a set of NUMA nodes that is not readable");
    }
    return Integer.parseInt(text.strip());
  }
}
