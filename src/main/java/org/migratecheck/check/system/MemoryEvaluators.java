package org.migratecheck.check.system;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Guests;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.system.GuestFit;
import org.migratecheck.facts.system.Memory;
import org.migratecheck.model.Observed;

/**
 * Whether guests fit into the destination's memory. libvirt does not look; QEMU takes memory as the
 * guest touches it, so that the kernel kills some guest later.
 */
final class MemoryEvaluators {
  private MemoryEvaluators() {}

  /** Judges one guest. */
  static Outcome one(CheckContext context) {
    Xml xml = context.guest().xml();
    if (onHugePages(xml)) {
      return Outcome.skipped("huge-pages");
    }
    return judge(context, need(context, memory(xml)), need(context, now(xml)));
  }

  /** Judges all guests that are to be moved together. */
  static Outcome all(CheckContext context) {
    Map<String, GuestFit> judged = context.link(GuestFit.ON_DESTINATION);
    List<Guest> guests =
        context.source(Guests.FACT).stream()
            .filter(g -> judged.containsKey(g.uuid()) && !onHugePages(g.xml()))
            .toList();
    if (guests.size() < 2) {
      return Outcome.skipped("not-several");
    }
    long need = guests.stream().mapToLong(g -> need(context, memory(g.xml()))).sum();
    long now = guests.stream().mapToLong(g -> need(context, now(g.xml()))).sum();
    return judge(context, need, now).with("count", Integer.toString(guests.size()));
  }

  /**
   * @param now what is needed while balloons are as large as they are
   */
  private static Outcome judge(CheckContext context, long need, long now) {
    Memory memory = context.destination(Memory.FACT);
    List<Problem> problems = new ArrayList<>();
    if (now > memory.available() + memory.swapFree()) {
      problems.add(problem("too-little", now, memory.available() + memory.swapFree()));
    } else if (need > memory.available() + memory.swapFree()) {
      problems.add(problem("balloon", need, memory.available() + memory.swapFree()));
    } else if (need > memory.available()) {
      problems.add(problem("swapping", need, memory.available()));
    }
    if (need > memory.commitLeft()) {
      problems.add(problem("commit-limit", need, Math.max(0, memory.commitLeft())));
    }
    return Outcome.of(
            problems,
            List.of(
                new Observed("memory needed", mib(need), ""),
                new Observed("memory available", "", mib(memory.available())),
                new Observed("swap free", "", mib(memory.swapFree()))))
        .with("need", mib(need))
        .with("available", mib(memory.available()));
  }

  private static Problem problem(String kind, long need, long available) {
    return Problem.of(
        kind, "need", mib(need), "available", mib(available), "lacking", mib(need - available));
  }

  /**
   * Returns what QEMU may take, in KiB: the guest's memory and an overhead, by parameters {@code
   * overhead-mib} and {@code overhead-fraction}.
   */
  private static long need(CheckContext context, long memory) {
    long fixed = context.parameters().path("overhead-mib").asLong(256) * 1024;
    long fraction = context.parameters().path("overhead-fraction").asLong(64);
    return memory + fixed + memory / Math.max(1, fraction);
  }

  static long memory(Xml xml) {
    Xml memory =
        xml.first("memory").orElseThrow(() -> new Undetermined("the guest's XML tells no memory"));
    return Sizes.kib(memory.text(), memory.attribute("unit").orElse("KiB"));
  }

  /** Returns the memory that the guest has now: less than all while its balloon is inflated. */
  private static long now(Xml xml) {
    return xml.first("currentMemory")
        .map(c -> Sizes.kib(c.text(), c.attribute("unit").orElse("KiB")))
        .filter(kib -> xml.first("devices/memballoon").map(b -> !b.attr("model").equals("none")).orElse(false))
        .map(kib -> Math.min(kib, memory(xml)))
        .orElseGet(() -> memory(xml));
  }

  private static boolean onHugePages(Xml xml) {
    return xml.first("memoryBacking/hugepages").isPresent();
  }

  static String mib(long kib) {
    return (kib + 1023) / 1024 + " MiB";
  }
}
