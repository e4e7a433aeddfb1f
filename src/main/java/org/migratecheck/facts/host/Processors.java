package org.migratecheck.facts.host;

import java.util.BitSet;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.Xml;

/**
 * The logical processors of a host.
 *
 * @param online those that run, as the kernel writes sets
 * @param isolated those that the scheduler keeps free ({@code isolcpus}); may be empty
 * @param nested whether KVM lets guests run guests; empty where no KVM module is loaded
 * @param physicalBits how wide its physical addresses are; 0 where the kernel does not tell
 * @param tscHertz the frequency of the time stamp counter; 0 where libvirt does not tell
 * @param tscScaling whether the processor can show guests another frequency
 */
public record Processors(
    String online,
    String isolated,
    Optional<Boolean> nested,
    int physicalBits,
    long tscHertz,
    boolean tscScaling) {
  private static final Pattern BITS =
      Pattern.compile("(?m)^address sizes\\s*:\\s*([0-9]{1,3}) bits physical");

  /** The processors. */
  public static final Fact<Processors> FACT =
      new Fact<>(
          "processors",
          Fact.Place.HOST,
          java.util.List.of("capacity", "cpu", "libvirt"),
          Processors::parse);

  /** Returns {@link #online} as a set. */
  public BitSet onlineSet() {
    return CpuSet.parse("the list of processors", online);
  }

  private static Processors parse(Outputs outputs) {
    String online = "";
    String isolated = "";
    Optional<Boolean> nested = Optional.empty();
    for (String line : Lines.of(outputs, "capacity/processors")) {
      String[] words = line.split(" ", 2);
      String value = words.length == 2 ? words[1].strip() : "";
      switch (words[0]) {
        case "online" -> online = value;
        case "isolated" -> isolated = value;
        case "nested" -> nested = Optional.of(value.equals("Y") || value.equals("1"));
        default -> throw new Undetermined(outputs.host() + ": the list of processors is odd");
      }
    }
    if (CpuSet.parse(outputs.host() + ": the list of processors", online).isEmpty()) {
      throw new Undetermined(outputs.host() + ": the kernel tells no processors");
    }
    Matcher bits = BITS.matcher(outputs.ok("cpu/cpuinfo"));
    Optional<Xml> tsc = tsc(outputs);
    return new Processors(
        online,
        isolated,
        nested,
        bits.find() ? Integer.parseInt(bits.group(1)) : 0,
        tsc.map(t -> t.attr("frequency"))
            .filter(f -> f.matches("[0-9]{1,15}"))
            .map(Long::parseLong)
            .orElse(0L),
        tsc.map(t -> t.attr("scaling").equals("yes")).orElse(false));
  }

  /** A libvirt that does not answer leaves the counter unknown; other checks report it. */
  private static Optional<Xml> tsc(Outputs outputs) {
    return outputs
        .ifOk("libvirt/capabilities")
        .flatMap(
            text ->
                Xml.parse(outputs.host() + ": virsh capabilities", text)
                    .all("host/cpu/counter")
                    .stream()
                    .filter(c -> c.attr("name").equals("tsc"))
                    .findFirst());
  }
}
