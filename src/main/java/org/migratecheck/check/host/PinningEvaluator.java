package org.migratecheck.check.host;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.host.CpuSet;
import org.migratecheck.facts.host.Limits;
import org.migratecheck.facts.host.Processors;
import org.migratecheck.model.Observed;

/**
 * Whether the destination has the processors that a guest is bound to.
 *
 * <p>The kernel refuses to bind a thread to processors of which none is online; the cpuset
 * controller refuses a set of which one is not. Where libvirt does not use that controller, a set
 * that is only partly there just becomes smaller.
 */
final class PinningEvaluator implements Evaluator {
  @Override
  public Outcome evaluate(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    Map<String, BitSet> pins = pins(context.guest().xml());
    if (pins.isEmpty()) {
      return Outcome.skipped("not-bound");
    }
    BitSet usable = context.source(Processors.FACT).onlineSet();
    BitSet online = context.destination(Processors.FACT).onlineSet();
    usable.and(online);
    boolean controlled = context.destination(Limits.FACT).controllers().contains("cpuset");
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    pins.forEach(
        (what, set) -> {
          observed.add(new Observed(what, CpuSet.text(set), CpuSet.text(online)));
          BitSet missing = (BitSet) set.clone();
          missing.andNot(online);
          if (!missing.isEmpty()) {
            boolean refused = controlled || missing.equals(set);
            problems.add(
                Problem.on(
                    Side.SOURCE,
                    refused ? kind(what) : "partly",
                    "what",
                    what,
                    "set",
                    CpuSet.text(set),
                    "missing",
                    CpuSet.text(missing),
                    "online",
                    CpuSet.text(online),
                    "usable",
                    CpuSet.text(usable),
                    "number",
                    what.replaceAll("[^0-9]", ""),
                    "uuid",
                    context.guest().uuid()));
          }
        });
    return Outcome.of(problems, observed);
  }

  private static String kind(String what) {
    return switch (what.split(" ")[0]) {
      case "vCPU" -> "vcpu";
      case "the" -> "emulator";
      case "I/O" -> "iothread";
      default -> "all";
    };
  }

  private static Map<String, BitSet> pins(Xml xml) {
    Map<String, BitSet> pins = new LinkedHashMap<>();
    xml.attribute("vcpu", "cpuset").ifPresent(s -> add(pins, "all vCPUs", s));
    xml.all("cputune/vcpupin").forEach(p -> add(pins, "vCPU " + p.attr("vcpu"), p.attr("cpuset")));
    xml.all("cputune/emulatorpin").forEach(p -> add(pins, "the emulator", p.attr("cpuset")));
    xml.all("cputune/iothreadpin")
        .forEach(p -> add(pins, "I/O thread " + p.attr("iothread"), p.attr("cpuset")));
    return pins;
  }

  private static void add(Map<String, BitSet> pins, String what, String set) {
    BitSet parsed = CpuSet.parse("the guest's set of processors", set);
    if (!parsed.isEmpty()) {
      pins.put(what, parsed);
    }
  }
}
