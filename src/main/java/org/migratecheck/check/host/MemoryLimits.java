package org.migratecheck.check.host;

import java.util.ArrayList;
import java.util.List;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Guests;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.host.BackingPath;
import org.migratecheck.facts.host.HostVariables;
import org.migratecheck.facts.host.Limits;
import org.migratecheck.facts.host.Space;
import org.migratecheck.facts.system.Memory;
import org.migratecheck.model.Observed;

/** Limits of the destination's memory beyond that there is enough of it. */
final class MemoryLimits {
  private MemoryLimits() {}

  /** Judges a guest whose memory is locked: all of it is taken at once and never swapped. */
  static Outcome locked(CheckContext context) {
    Guest guest = context.guest();
    if (!guest.active()) {
      return Outcome.skipped("not-active");
    }
    if (guest.xml().first("memoryBacking/locked").isEmpty()
        || GuestMemory.onHugePages(guest.xml())) {
      return Outcome.skipped("not-locked");
    }
    long need = GuestMemory.kib(guest.xml());
    long available = context.destination(Memory.FACT).available();
    return enough(need, available, "memory available");
  }

  /** Judges the judged guests together against the memory limit of libvirt's cgroup. */
  static Outcome cgroup(CheckContext context) {
    long left = context.destination(Limits.FACT).memoryLeft();
    if (left == Long.MAX_VALUE) {
      return Outcome.skipped("no-limit");
    }
    long need =
        GuestMemory.judged(context).stream()
            .filter(g -> !GuestMemory.onHugePages(g.xml()))
            .mapToLong(g -> GuestMemory.kib(g.xml()))
            .sum();
    return enough(need, left, "left of the limit");
  }

  private static Outcome enough(long need, long available, String item) {
    List<Observed> observed =
        List.of(
            new Observed("memory needed", GuestMemory.mib(need), ""),
            new Observed(item, "", GuestMemory.mib(available)));
    List<Problem> problems =
        need > available
            ? List.of(
                Problem.of(
                    "too-little",
                    "need",
                    GuestMemory.mib(need),
                    "available",
                    GuestMemory.mib(available),
                    "lacking-kib",
                    Long.toString(need - available)))
            : List.of();
    return Outcome.of(problems, observed)
        .with("need", GuestMemory.mib(need))
        .with("available", GuestMemory.mib(available));
  }

  /** Warns when the guests there and those that come could want more memory than there is. */
  static Outcome overcommitted(CheckContext context) {
    long total = context.destination(Memory.FACT).total();
    long there = sum(context.destination(Guests.FACT).stream().filter(Guest::active).toList());
    long come = sum(GuestMemory.judged(context));
    List<Observed> observed =
        List.of(
            new Observed("memory of guests", GuestMemory.mib(come), GuestMemory.mib(there)),
            new Observed("memory of the host", "", GuestMemory.mib(total)));
    List<Problem> problems =
        come > 0 && there + come > total
            ? List.of(
                Problem.of(
                    "overcommitted",
                    "sum",
                    GuestMemory.mib(there + come),
                    "total",
                    GuestMemory.mib(total)))
            : List.of();
    return Outcome.of(problems, observed)
        .with("sum", GuestMemory.mib(there + come))
        .with("total", GuestMemory.mib(total));
  }

  private static long sum(List<Guest> guests) {
    return guests.stream()
        .filter(g -> !GuestMemory.onHugePages(g.xml()))
        .mapToLong(g -> GuestMemory.kib(g.xml()))
        .sum();
  }

  /** Judges memory that is made of files: they grow on the destination's file system. */
  static Outcome backing(CheckContext context) {
    Guest guest = context.guest();
    if (!guest.active()) {
      return Outcome.skipped("not-active");
    }
    boolean files = guest.xml().attribute("memoryBacking/source", "type").orElse("").equals("file");
    if (!files || GuestMemory.onHugePages(guest.xml())) {
      return Outcome.skipped("no-files");
    }
    long need = GuestMemory.kib(guest.xml());
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    observed.add(new Observed("memory", GuestMemory.mib(need), ""));
    for (Space space : context.destination(Space.FACT)) {
      if (space.use().equals("backing")) {
        observed.add(
            new Observed("free below " + space.directory(), "", GuestMemory.mib(space.freeKib())));
        if (space.freeKib() < need) {
          problems.add(
              Problem.of(
                  "too-little",
                  "directory",
                  space.directory(),
                  "need",
                  GuestMemory.mib(need),
                  "free",
                  GuestMemory.mib(space.freeKib()),
                  "size-kib",
                  Long.toString(space.totalKib() - space.freeKib() + need + 1024)));
        }
      }
    }
    return Outcome.of(problems, observed).with("need", GuestMemory.mib(need));
  }

  /** Judges files and devices that memory devices (NVDIMM, virtio-pmem, SGX) are made of. */
  static Outcome devices(CheckContext context) {
    Guest guest = context.guest();
    if (!guest.active()) {
      return Outcome.skipped("not-active");
    }
    List<String> paths = HostVariables.memoryPaths(guest.xml());
    if (paths.isEmpty()) {
      return Outcome.skipped("none");
    }
    List<BackingPath> there = context.link(BackingPath.FACT);
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    for (String path : paths) {
      long need = need(guest.xml(), path);
      BackingPath found =
          there.stream()
              .filter(p -> p.path().equals(path))
              .findFirst()
              .orElseThrow(
                  () -> new org.migratecheck.facts.Undetermined("nobody looked for " + path));
      observed.add(new Observed(path, GuestMemory.mib(need), found.kind()));
      String[] values = {
        "path",
        path,
        "need",
        GuestMemory.mib(need),
        "bytes",
        Long.toString(need * 1024),
        "size",
        GuestMemory.mib(found.bytes() / 1024)
      };
      if (found.kind().equals("absent")) {
        problems.add(Problem.of(path.startsWith("/dev/") ? "no-device" : "absent", values));
      } else if (found.bytes() >= 0
          && found.bytes() / 1024 < need
          && !path.startsWith("/dev/sgx")) {
        problems.add(Problem.of("smaller", values));
      }
    }
    return Outcome.of(problems, observed);
  }

  private static long need(Xml guest, String path) {
    return guest.all("devices/memory").stream()
        .filter(m -> m.textAt("source/path").orElse("").equals(path))
        .flatMap(m -> m.first("target/size").stream())
        .mapToLong(GuestMemory::size)
        .max()
        .orElse(0);
  }
}
