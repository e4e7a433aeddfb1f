package org.migratecheck.check.host;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.system.Sizes;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.host.CpuSet;
import org.migratecheck.facts.host.NumaNodes;
import org.migratecheck.model.Observed;

/**
 * Whether the destination has the NUMA nodes to which a guest's memory is bound, and room on them.
 *
 * <p>libvirt refuses a node that does not exist in whatever mode. Room is only needed where the
 * mode is strict: of huge pages exactly, of ordinary memory the kernel frees some more when asked.
 */
final class NumaEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    Xml xml = context.guest().xml();
    BitSet wanted = wanted(xml);
    if (wanted.isEmpty()) {
      return Outcome.skipped("not-bound");
    }
    Map<Integer, NumaNodes> nodes = new TreeMap<>();
    context.destination(NumaNodes.FACT).forEach(n -> nodes.put(n.id(), n));
    BitSet missing = (BitSet) wanted.clone();
    nodes.keySet().forEach(missing::clear);
    List<Observed> observed = new ArrayList<>();
    observed.add(new Observed("NUMA nodes", CpuSet.text(wanted), all(nodes)));
    if (!missing.isEmpty()) {
      return Outcome.of(
          List.of(
              Problem.of(
                  "missing",
                  "nodes",
                  CpuSet.text(missing),
                  "node",
                  Integer.toString(missing.nextSetBit(0)),
                  "there",
                  all(nodes))),
          observed);
    }
    List<Problem> problems = new ArrayList<>();
    strict(xml).ifPresent(set -> room(xml, set, nodes, problems, observed));
    return Outcome.of(problems, observed).with("nodes", CpuSet.text(wanted));
  }

  private static BitSet wanted(Xml xml) {
    BitSet wanted = new BitSet();
    List<String> sets = new ArrayList<>();
    xml.all("numatune/memory").forEach(m -> sets.add(m.attr("nodeset")));
    xml.all("numatune/memnode").forEach(m -> sets.add(m.attr("nodeset")));
    xml.all("devices/memory/source/nodemask").forEach(m -> sets.add(m.text()));
    sets.forEach(s -> wanted.or(CpuSet.parse("the guest's set of NUMA nodes", s)));
    return wanted;
  }

  /** The nodes that all of the guest's memory must come from. */
  private static java.util.Optional<BitSet> strict(Xml xml) {
    return xml.first("numatune/memory")
        .filter(m -> m.attribute("mode").orElse("strict").equals("strict"))
        .flatMap(m -> m.attribute("nodeset"))
        .map(s -> CpuSet.parse("the guest's set of NUMA nodes", s));
  }

  private static void room(
      Xml xml,
      BitSet set,
      Map<Integer, NumaNodes> nodes,
      List<Problem> problems,
      List<Observed> observed) {
    long need = GuestMemory.kib(xml);
    List<Xml> pages = xml.all("memoryBacking/hugepages/page");
    if (GuestMemory.onHugePages(xml)) {
      if (pages.size() != 1 || pages.get(0).attribute("nodeset").isPresent()) {
        return; // the default size or several sizes: huge-pages-free counts those
      }
      long size =
          Sizes.kib(pages.get(0).attr("size"), pages.get(0).attribute("unit").orElse("KiB"));
      long count = size == 0 ? 0 : (need + size - 1) / size;
      long free = set.stream().mapToLong(n -> pages(nodes.get(n), size)).sum();
      observed.add(new Observed("free pages of " + size + " KiB there", "", Long.toString(free)));
      if (free < count) {
        problems.add(
            Problem.of(
                "too-few-pages",
                "nodes",
                CpuSet.text(set),
                "node",
                Integer.toString(set.nextSetBit(0)),
                "size",
                Long.toString(size),
                "count",
                Long.toString(count),
                "free",
                Long.toString(free),
                "lacking",
                Long.toString(count - free)));
      }
      return;
    }
    long free = set.stream().mapToLong(n -> nodes.get(n).freeKib()).sum();
    observed.add(new Observed("free memory there", "", GuestMemory.mib(free)));
    if (free < need) {
      problems.add(
          Problem.of(
              "little-memory",
              "nodes",
              CpuSet.text(set),
              "need",
              GuestMemory.mib(need),
              "free",
              GuestMemory.mib(free)));
    }
  }

  private static long pages(NumaNodes node, long size) {
    return node.freePages().getOrDefault(size, 0L);
  }

  private static String all(Map<Integer, NumaNodes> nodes) {
    BitSet set = new BitSet();
    nodes.keySet().forEach(set::set);
    return CpuSet.text(set);
  }
}
