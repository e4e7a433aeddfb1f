package org.migratecheck.facts.forecast;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.ProbeOutput;

/**
 * How much memory guests use and write, from two looks at {@code virsh domstats} and two samplings
 * of {@code virsh domdirtyrate-calc}.
 *
 * @param byName what was seen of each guest, by its name
 * @param residentBytes how much of an emulated guest's memory exists, by its UUID
 */
public record MemoryPace(Map<String, Seen> byName, Map<String, Long> residentBytes) {
  /** Read from the probe {@code memory-pace} on the source. */
  public static final Fact<MemoryPace> FACT =
      new Fact<>("memoryPace", Fact.Place.LINK_SOURCE, List.of("memory-pace"), MemoryPace::parse);

  private static final long KIB = 1024;
  private static final long MIB = 1024 * KIB;
  private static final double NANOS = 1e9;

  /** Copies the maps. */
  public MemoryPace {
    byName = Map.copyOf(byName);
    residentBytes = Map.copyOf(residentBytes);
  }

  /**
   * What was seen of one guest.
   *
   * @param memoryBytes how much memory the guest has at present
   * @param processBytes how much memory its QEMU has at present
   * @param cpus its virtual processors; 0 where not told
   * @param busyCpus how many of them were busy, or wanted to be, in the time between the looks
   * @param diskBytesPerSecond how much it wrote to its disks
   * @param oneSecond how many bytes of its memory changed within one second
   * @param twoSeconds how many bytes of its memory changed within two seconds
   */
  public record Seen(
      OptionalLong memoryBytes,
      OptionalLong processBytes,
      long cpus,
      OptionalDouble busyCpus,
      OptionalDouble diskBytesPerSecond,
      OptionalLong oneSecond,
      OptionalLong twoSeconds) {}

  private static MemoryPace parse(Outputs outputs) {
    outputs.complete("memory-pace");
    Map<String, Seen> seen = new TreeMap<>();
    if (outputs.has("memory-pace/use-1")) {
      String before = outputs.ok("memory-pace/use-1");
      String after = outputs.ok("memory-pace/use-2");
      double seconds = DomainStats.uptime(after) - DomainStats.uptime(before);
      if (!(seconds > 0.5 && seconds < 600)) {
        throw new Undetermined(outputs.host() + ": the time between two looks is not known");
      }
      DomainStats first = DomainStats.parse(before);
      DomainStats last = DomainStats.parse(after);
      Samples samples = Samples.read(outputs);
      for (String name : first.names()) {
        seen.put(name, seen(name, first, last, seconds, samples));
      }
    }
    return new MemoryPace(seen, resident(outputs));
  }

  private static Seen seen(
      String name, DomainStats first, DomainStats last, double seconds, Samples samples) {
    OptionalDouble cpu = gain(first.sum(name, "vcpu.", ".time"), last.sum(name, "vcpu.", ".time"));
    // On a host that has too few processors it would be busy, too, if it were let.
    double waiting =
        gain(first.sum(name, "vcpu.", ".delay"), last.sum(name, "vcpu.", ".delay")).orElse(0);
    OptionalDouble disk =
        gain(first.sum(name, "block.", ".wr.bytes"), last.sum(name, "block.", ".wr.bytes"));
    return new Seen(
        times(first.number(name, "balloon.current"), KIB),
        times(first.number(name, "balloon.rss"), KIB),
        first.number(name, "vcpu.current").orElse(0),
        cpu.isPresent() ? OptionalDouble.of((cpu.getAsDouble() + waiting) / NANOS / seconds) : cpu,
        disk.isPresent() ? OptionalDouble.of(disk.getAsDouble() / seconds) : disk,
        times(samples.megabytes(name, 1), MIB),
        times(samples.megabytes(name, 2), 2 * MIB));
  }

  private static OptionalLong times(OptionalLong number, long unit) {
    // Larger numbers than any machine has are no measurement.
    return number.isPresent() && number.getAsLong() < Long.MAX_VALUE / MIB / 4
        ? OptionalLong.of(number.getAsLong() * unit)
        : OptionalLong.empty();
  }

  private static OptionalDouble gain(OptionalLong before, OptionalLong after) {
    return before.isPresent() && after.isPresent() && after.getAsLong() >= before.getAsLong()
        ? OptionalDouble.of(after.getAsLong() - before.getAsLong())
        : OptionalDouble.empty();
  }

  private static Map<String, Long> resident(Outputs outputs) {
    Map<String, Long> resident = new TreeMap<>();
    String prefix = "memory-pace/resident.";
    for (Map.Entry<String, ProbeOutput> part : outputs.withPrefix(prefix).entrySet()) {
      ProbeOutput output = part.getValue();
      String text = output.stdout().strip();
      if (output.completeness() == ProbeOutput.Completeness.COMPLETE
          && text.matches("[1-9][0-9]{0,12}")) {
        resident.put(part.getKey(), Long.parseLong(text) * KIB);
      }
    }
    return resident;
  }

  /**
   * The results of both samplings. A result that has the start of the one before is that one's: the
   * sampling did not begin.
   */
  private record Samples(DomainStats before, Optional<DomainStats> one, Optional<DomainStats> two) {
    static Samples read(Outputs outputs) {
      return new Samples(
          outputs
              .ifOk("memory-pace/before")
              .map(DomainStats::parse)
              .orElseGet(() -> DomainStats.parse("")),
          outputs.ifOk("memory-pace/result-1").map(DomainStats::parse),
          outputs.ifOk("memory-pace/result-2").map(DomainStats::parse));
    }

    OptionalLong megabytes(String name, int seconds) {
      Optional<DomainStats> result = seconds == 1 ? one : two;
      DomainStats earlier = seconds == 1 ? before : one.orElse(before);
      if (result.isEmpty()
          || result.get().number(name, "dirtyrate.calc_status").orElse(-1) != 2
          || result.get().number(name, "dirtyrate.calc_period").orElse(-1) != seconds
          || result
              .get()
              .number(name, "dirtyrate.calc_start_time")
              .equals(earlier.number(name, "dirtyrate.calc_start_time"))) {
        return OptionalLong.empty();
      }
      return result.get().number(name, "dirtyrate.megabytes_per_second");
    }
  }
}
