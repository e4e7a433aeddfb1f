package org.migratecheck.check.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.host.QemuLimits;
import org.migratecheck.facts.security.QemuConf;
import org.migratecheck.facts.system.RunningQemu;
import org.migratecheck.model.Observed;

/**
 * Whether the guest's QEMU may start its threads and open its files on the destination. libvirt
 * sets {@code max_processes} and {@code max_files} of {@code qemu.conf} as limits of each QEMU;
 * what is not set there is inherited from the daemon.
 */
final class QemuLimitsEvaluator implements Evaluator {
  /** The main thread, RCU, the thread that receives, and that of the iothread of the monitor. */
  private static final long THREADS = 4;

  /** QEMU serves disks with up to so many threads of its pool. */
  private static final long POOL = 64;

  /** Room for sockets that come and go: of the migration, of screens, of a second monitor. */
  private static final long FILES = 32;

  /** So many of the open files may be such sockets, of which the start has no need. */
  private static final long PASSING = 8;

  @Override
  public Outcome evaluate(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    Optional<QemuLimits> told = context.link(QemuLimits.FACT);
    if (told.isEmpty()) {
      return Outcome.skipped("not-told");
    }
    QemuConf conf = context.destination(QemuConf.FACT);
    List<Problem> problems = new ArrayList<>();
    List<Observed> observed = new ArrayList<>();
    threads(context, told.get(), conf, problems, observed);
    files(context, told.get(), conf, problems, observed);
    return Outcome.of(problems, observed);
  }

  private static void threads(
      CheckContext context,
      QemuLimits limits,
      QemuConf conf,
      List<Problem> problems,
      List<Observed> observed) {
    Xml xml = context.guest().xml();
    long need = THREADS + vcpus(xml) + number(xml.textAt("iothreads")).orElse(0L);
    Optional<Long> set = set(conf, "max_processes");
    // The kernel does not count root's.
    long most = limits.user() == 0 ? Long.MAX_VALUE : set.orElse(limits.threads());
    long byUser = most == Long.MAX_VALUE ? most : Math.max(0, most - limits.used());
    long left = Math.min(byUser, Math.min(limits.kernelLeft(), limits.sliceLeft()));
    observed.add(new Observed("threads", need + " needed", shown(left) + " left"));
    if (left >= need + POOL) {
      return;
    }
    String kind =
        left == byUser
            ? set.isPresent() ? "max-processes" : "processes"
            : left == limits.kernelLeft() ? "kernel-threads" : "slice-threads";
    Problem problem =
        Problem.of(
            left < need ? kind : "few-threads",
            "need",
            Long.toString(need),
            "left",
            Long.toString(left),
            "most",
            shown(most),
            "enough",
            Long.toString(limits.used() + need + 10 * POOL),
            "by",
            kind);
    problems.add(problem);
  }

  private static void files(
      CheckContext context,
      QemuLimits limits,
      QemuConf conf,
      List<Problem> problems,
      List<Observed> observed) {
    Map<String, Long> open = context.source(RunningQemu.OPEN_FILES);
    Optional<Long> set = set(conf, "max_files");
    long most = set.orElse(limits.files());
    Long need = open.get(context.guest().name());
    observed.add(
        new Observed(
            "open files",
            need == null ? "" : need + " open",
            most == Long.MAX_VALUE ? "no limit" : most + " at most"));
    if (need == null || most >= need + FILES) {
      return;
    }
    problems.add(
        Problem.of(
            most >= need - PASSING ? "few-files" : set.isPresent() ? "max-files" : "files",
            "need",
            Long.toString(need),
            "most",
            Long.toString(most),
            "enough",
            Long.toString(Math.max(1024, need * 4))));
  }

  /** Returns the virtual processors that the guest has now; each is a thread. */
  private static long vcpus(Xml xml) {
    return number(xml.attribute("vcpu", "current")).or(() -> number(xml.textAt("vcpu"))).orElse(1L);
  }

  /** Zero sets no limit. */
  private static Optional<Long> set(QemuConf conf, String name) {
    return number(Optional.ofNullable(conf.settings().get(name)).map(v -> v.split("[ #]", 2)[0]))
        .filter(n -> n > 0);
  }

  private static Optional<Long> number(Optional<String> text) {
    return text.map(String::strip).filter(t -> t.matches("[0-9]{1,9}")).map(Long::parseLong);
  }

  private static String shown(long number) {
    return number == Long.MAX_VALUE ? "unlimited" : Long.toString(number);
  }
}
