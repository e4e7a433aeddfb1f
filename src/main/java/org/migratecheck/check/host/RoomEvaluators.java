package org.migratecheck.check.host;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.host.LibvirtDirectory;
import org.migratecheck.facts.host.Limits;
import org.migratecheck.facts.host.Space;
import org.migratecheck.model.Observed;

/** Room besides memory: file space, requests of asynchronous I/O, cgroup controllers. */
final class RoomEvaluators {
  /** QEMU sets up so many requests for each thread that serves disks ({@code MAX_EVENTS}). */
  private static final long AIO_REQUESTS = 1024;

  private RoomEvaluators() {}

  /**
   * Judges the directories that libvirt writes to. Parameters: {@code block-kib} and {@code
   * warn-kib} of free space, {@code block-files} and {@code warn-files} that it can still hold.
   */
  static Outcome space(CheckContext context) {
    long block = context.parameters().path("block-kib").asLong(1024);
    long warn = context.parameters().path("warn-kib").asLong(65_536);
    long fewest = context.parameters().path("block-files").asLong(8);
    long files = context.parameters().path("warn-files").asLong(100);
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    for (Side side : Side.values()) {
      String host = context.side(side).name();
      Set<String> told = new HashSet<>();
      for (Space space : context.side(side).get(Space.FACT)) {
        if (space.use().equals("backing")) {
          continue;
        }
        observed.add(observed(side, space));
        String[] values = {
          "directory",
          space.directory(),
          "where",
          host,
          "free",
          GuestMemory.mib(space.freeKib()),
          "files",
          Long.toString(space.inodesFree())
        };
        if (!told.add(space.use() + values[5] + space.totalKib() + "/" + values[7])) {
          continue; // the same file system as that of another directory
        }
        if (space.freeKib() < block) {
          Problem full = lowered(side, Problem.on(side, "full", values));
          // A log that cannot grow stops nobody: virtlogd goes on without.
          problems.add(space.use().equals("log") ? full.asWarning() : full);
        } else if (space.inodesFree() < fewest) {
          problems.add(lowered(side, Problem.on(side, "no-files", values)));
        } else if (space.freeKib() < warn || space.inodesFree() < files) {
          problems.add(Problem.on(side, "nearly-full", values));
        }
      }
    }
    return Outcome.of(problems, observed);
  }

  /** Swtpm's directory matters only to guests with a TPM; a source only has to let go. */
  private static Problem lowered(Side side, Problem problem) {
    boolean swtpm = problem.values().get("directory").endsWith("/swtpm");
    return side == Side.SOURCE || swtpm ? problem.asWarning() : problem;
  }

  private static Observed observed(Side side, Space space) {
    String free = GuestMemory.mib(space.freeKib()) + " free";
    return side == Side.SOURCE
        ? new Observed(space.directory(), free, "")
        : new Observed(space.directory(), "", free);
  }

  /** Judges whether libvirt can write in its directories, and QEMU's user reach its own. */
  static Outcome directories(CheckContext context) {
    Optional<List<LibvirtDirectory>> told = context.link(LibvirtDirectory.FACT);
    if (told.isEmpty()) {
      return Outcome.skipped("not-root");
    }
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    for (LibvirtDirectory directory : told.get()) {
      String state = "usable";
      if (!directory.readOnly().isEmpty()) {
        state = directory.readOnly().equals("missing") ? "missing" : "read-only";
        String kind =
            switch (directory.readOnly()) {
              case "mount" -> "mount-read-only";
              case "immutable", "missing" -> directory.readOnly();
              default -> "read-only";
            };
        problems.add(Problem.of(kind, "directory", directory.path(), "mount", directory.mount()));
      }
      if (!directory.closed().isEmpty()) {
        state = "closed to QEMU's user";
        problems.add(
            Problem.of(
                directory.closed().equals(directory.path()) ? "closed-by-owner" : "closed",
                "directory",
                directory.closed(),
                "owner",
                directory.owner()));
      }
      observed.add(new Observed(directory.path(), "", state));
    }
    return Outcome.of(problems, observed);
  }

  /** Judges whether the kernel can still promise the requests of disks with native I/O. */
  static Outcome aio(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    Xml xml = context.guest().xml();
    boolean used =
        xml.all("devices/disk").stream()
            .anyMatch(d -> d.attribute("driver", "io").orElse("").equals("native"));
    if (!used) {
      return Outcome.skipped("none");
    }
    String threads = xml.textAt("iothreads").orElse("0");
    long need = AIO_REQUESTS * (1 + (threads.matches("[0-9]{1,4}") ? Long.parseLong(threads) : 0));
    long left = context.destination(Limits.FACT).aioLeft();
    String shown = left == Long.MAX_VALUE ? "unlimited" : Long.toString(left);
    List<Problem> problems =
        left < need
            ? List.of(
                Problem.of(
                    "too-few",
                    "need",
                    Long.toString(need),
                    "left",
                    shown,
                    "lacking",
                    Long.toString(Math.max(65_536, need - left))))
            : List.of();
    return Outcome.of(
            problems,
            List.of(new Observed("requests of asynchronous I/O", need + " needed", shown)))
        .with("left", shown);
  }

  /** Judges whether the destination has the cgroup controllers of the guest's tuning. */
  static Outcome controllers(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    Xml xml = context.guest().xml();
    List<String> needed = new ArrayList<>();
    if (!xml.all("blkiotune/*").isEmpty()) {
      needed.add("io");
    }
    for (String element : List.of("shares", "period", "quota", "global_quota", "emulator_quota")) {
      if (xml.first("cputune/" + element).isPresent() && !needed.contains("cpu")) {
        needed.add("cpu");
      }
    }
    if (!xml.all("memtune/*").isEmpty()) {
      needed.add("memory");
    }
    if (needed.isEmpty()) {
      return Outcome.skipped("none");
    }
    var here = context.source(Limits.FACT).controllers();
    var there = context.destination(Limits.FACT).controllers();
    List<Problem> problems =
        needed.stream()
            .filter(c -> !there.contains(c) && here.contains(c))
            .map(c -> Problem.of("missing", "controller", c))
            .toList();
    return Outcome.of(
            problems,
            List.of(
                new Observed(
                    "cgroup controllers", String.join(" ", here), String.join(" ", there))))
        .with("needed", String.join(", ", needed));
  }
}
