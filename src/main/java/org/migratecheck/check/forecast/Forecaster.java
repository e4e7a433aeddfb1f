package org.migratecheck.check.forecast;

import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.migratecheck.check.Direction;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.LinkFacts;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.forecast.LinkBandwidth;
import org.migratecheck.facts.forecast.MemoryPace;
import org.migratecheck.facts.guest.SendSpeed;
import org.migratecheck.facts.ports.Echoes;
import org.migratecheck.model.Forecast;
import org.migratecheck.model.Forecast.BandwidthFrom;
import org.migratecheck.model.Forecast.Certainty;
import org.migratecheck.model.Forecast.Doubt;
import org.migratecheck.model.Forecast.Outlook;

/** Makes forecasts for one direction. */
public final class Forecaster {
  private static final double MIB = 1024 * 1024.0;
  private static final double ONE_CONNECTION = 10_000 * 125_000 * 0.94;
  private static final long DEFAULT_PAUSE = 300;

  /** libvirt's preparations on both sides, in seconds. */
  private static final double OVERHEAD = 0.5;

  /** The devices' state and the way back to running, in seconds. */
  private static final double DEVICES = 0.1;

  /** Bytes a second up to which the probe memory-pace takes one sample alone. */
  private static final long QUIET = 2 * 1024 * 1024L;

  /** A guest that leaves its processors idle cannot rewrite much. */
  private static final double BUSY_CPUS = 0.25;

  private final HostFacts source;
  private final HostFacts destination;
  private final LinkFacts link;

  /** Creates a forecaster for guests that go from {@code source} to {@code destination}. */
  public Forecaster(HostFacts source, HostFacts destination, LinkFacts link) {
    this.source = source;
    this.destination = destination;
    this.link = link;
  }

  /**
   * Returns the forecasts for the active guests of a direction; none where nothing was measured.
   */
  public static List<Forecast> of(Direction direction) {
    if (direction.link().isEmpty()) {
      return List.of();
    }
    Forecaster forecaster =
        new Forecaster(direction.source(), direction.destination(), direction.link().get());
    return direction.guests().stream()
        .filter(Guest::active)
        .flatMap(g -> Undetermined.known(() -> forecaster.of(g)).stream())
        .toList();
  }

  /** A quiet guest is looked at once: at worst it goes on changing other pages. */
  private static OptionalLong twoSeconds(MemoryPace.Seen seen) {
    boolean quiet = seen.oneSecond().isPresent() && seen.oneSecond().getAsLong() <= QUIET;
    return seen.twoSeconds().isPresent() || !quiet
        ? seen.twoSeconds()
        : OptionalLong.of(2 * seen.oneSecond().getAsLong());
  }

  /**
   * Returns the forecast for an active guest.
   *
   * @throws Undetermined where it cannot be told how much memory it has
   */
  public Forecast of(Guest guest) {
    MemoryPace pace = link.get(MemoryPace.FACT);
    MemoryPace.Seen seen = pace.byName().get(guest.name());
    if (seen == null || seen.memoryBytes().isEmpty()) {
      throw new Undetermined("the memory in use of " + guest.name() + " is not known");
    }
    Set<Doubt> doubts = EnumSet.noneOf(Doubt.class);
    double memory = memory(guest, seen, pace, doubts);
    Bandwidth bandwidth = bandwidth(guest, doubts);
    double maxPause =
        Undetermined.known(() -> link.get(SendSpeed.PAUSE))
            .map(m -> m.get(guest.uuid()))
            .orElse(DEFAULT_PAUSE);
    OptionalLong two = twoSeconds(seen);
    boolean sampled = seen.oneSecond().isPresent() && two.isPresent();
    boolean told = sampled || !guest.running();
    if (!told) {
      doubts.add(Doubt.NO_RATE);
    }
    MemoryWrites writes =
        guest.running()
            ? new MemoryWrites(seen.oneSecond().orElse(0), two.orElse(0), memory)
            : new MemoryWrites(0, 0, memory);
    Convergence convergence =
        new Convergence(memory, writes, Math.max(1, bandwidth.perSecond), maxPause / 1000);
    boolean speed = bandwidth.from != BandwidthFrom.UNKNOWN;
    Outlook outlook = told && speed ? convergence.outlook() : Outlook.UNKNOWN;
    doubt(outlook, seen, doubts);
    Convergence.Course course = convergence.course();
    double end = course.seconds() + course.rest() / convergence.bandwidth() + OVERHEAD;
    boolean ends = outlook == Outlook.CONVERGES || (outlook == Outlook.BORDERLINE && course.ends());
    return new Forecast(
        source.name(),
        destination.name(),
        guest.name(),
        outlook,
        Math.round(memory),
        told ? Math.round(writes.after(1)) : -1,
        told ? Math.round(writes.set()) : -1,
        speed ? Math.round(bandwidth.perSecond) : -1,
        bandwidth.from,
        told ? convergence.needed().map(Math::round).orElse(-1L) : -1,
        roundTrip(),
        seen.diskBytesPerSecond().isPresent()
            ? Math.round(seen.diskBytesPerSecond().getAsDouble())
            : -1,
        Math.round(maxPause),
        ends ? millis(end) : -1,
        told && speed ? millis(course.rest() / convergence.bandwidth() + DEVICES) : -1,
        speed ? millis(memory / convergence.bandwidth() + OVERHEAD) : -1,
        certainty(outlook, doubts),
        List.copyOf(doubts));
  }

  private static long millis(double seconds) {
    return Math.round(seconds * 1000);
  }

  /** Pages that were never touched are only told of, not sent. */
  private static double memory(
      Guest guest, MemoryPace.Seen seen, MemoryPace pace, Set<Doubt> doubts) {
    double all = seen.memoryBytes().orElseThrow();
    OptionalLong present;
    if (guest.xml().attr("type").equals("qemu")) {
      Long resident = pace.residentBytes().get(guest.uuid());
      present = resident == null ? OptionalLong.empty() : OptionalLong.of(resident);
    } else if (guest.xml().first("memoryBacking/hugepages").isPresent()) {
      // The kernel does not count huge pages as the process's memory.
      present = OptionalLong.empty();
    } else {
      present = seen.processBytes();
    }
    if (present.isEmpty()) {
      doubts.add(Doubt.ALL_MEMORY);
    }
    return Math.max(MIB, Math.min(all, present.isPresent() ? present.getAsLong() : all));
  }

  private record Bandwidth(double perSecond, BandwidthFrom from) {}

  private Bandwidth bandwidth(Guest guest, Set<Doubt> doubts) {
    OptionalDouble measured =
        Undetermined.known(() -> link.get(LinkBandwidth.FACT))
            .map(LinkBandwidth::bytesPerSecond)
            .orElse(OptionalDouble.empty());
    OptionalDouble found =
        measured.isPresent() ? measured : LinkSpeed.nominal(source, destination, link);
    Long limit =
        Undetermined.known(() -> link.get(SendSpeed.FACT)).map(m -> m.get(guest.uuid())).orElse(0L);
    if (limit > 0 && limit * MIB < found.orElse(ONE_CONNECTION)) {
      return new Bandwidth(limit * MIB, BandwidthFrom.LIMIT);
    }
    if (found.isEmpty()) {
      doubts.add(Doubt.NO_BANDWIDTH);
      return new Bandwidth(ONE_CONNECTION, BandwidthFrom.UNKNOWN);
    }
    if (measured.isPresent()) {
      if (measured.getAsDouble() > ONE_CONNECTION / 10) {
        doubts.add(Doubt.THROUGH_SSH);
      }
      return new Bandwidth(measured.getAsDouble(), BandwidthFrom.MEASURED);
    }
    doubts.add(found.getAsDouble() > ONE_CONNECTION ? Doubt.ONE_CONNECTION : Doubt.NOMINAL);
    return new Bandwidth(Math.min(found.getAsDouble(), ONE_CONNECTION), BandwidthFrom.NOMINAL);
  }

  private static void doubt(Outlook outlook, MemoryPace.Seen seen, Set<Doubt> doubts) {
    if (outlook == Outlook.BORDERLINE) {
      doubts.add(Doubt.CLOSE);
    }
    if (outlook != Outlook.WILL_NOT_CONVERGE && seen.busyCpus().orElse(1) >= BUSY_CPUS) {
      doubts.add(Doubt.EQUAL_BYTES);
    }
  }

  /** What only makes it worse does not make it less sure that a guest does not converge. */
  private static Certainty certainty(Outlook outlook, Set<Doubt> doubts) {
    if (outlook == Outlook.UNKNOWN || doubts.size() > 1) {
      return Certainty.POOR;
    }
    boolean sure =
        doubts.isEmpty()
            || (outlook == Outlook.WILL_NOT_CONVERGE && doubts.equals(Set.of(Doubt.NOMINAL)));
    return sure ? Certainty.GOOD : Certainty.FAIR;
  }

  private long roundTrip() {
    return Undetermined.known(() -> link.get(Echoes.FACT))
        .flatMap(e -> e.echoes().stream().flatMap(x -> x.rttMillis().stream()).findFirst())
        .filter(ms -> ms >= 0 && ms < 1e6)
        .map(ms -> Math.round(ms * 1000))
        .orElse(-1L);
  }
}
