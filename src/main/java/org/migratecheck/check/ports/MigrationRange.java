package org.migratecheck.check.ports;

import java.util.ArrayList;
import java.util.List;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.facts.ports.MigrationConfig;
import org.migratecheck.facts.storage.QemuAccess;
import org.migratecheck.model.Observed;

/** The range of ports that qemu.conf sets. */
final class MigrationRange {
  /** libvirt's own {@code migration_port_min}. */
  static final int DEFAULT_MIN = 49152;

  private MigrationRange() {}

  /** Judges one host's range by libvirt's own rules (virQEMUDriverConfigLoadMigrateEntry). */
  static Outcome valid(CheckContext context) {
    MigrationConfig config = context.source(MigrationConfig.FACT);
    List<Problem> problems = new ArrayList<>();
    for (String mistake : config.mistakes()) {
      problems.add(Problem.of("unreadable", "line", mistake));
    }
    String range = config.portMin() + "-" + config.portMax();
    // A range of one port is refused by the port allocator: "must be less than end port".
    if (config.portMin() < 1 || config.portMax() > 65535 || config.portMin() >= config.portMax()) {
      problems.add(
          Problem.of(
              "wrong",
              "min",
              Integer.toString(config.portMin()),
              "max",
              Integer.toString(config.portMax())));
    }
    if (problems.isEmpty()
        && config.portMin() < config.firstUnprivileged()
        && context.source(QemuAccess.FACT).uid() != 0) {
      problems.add(
          Problem.of(
              "privileged",
              "range",
              range,
              "first",
              Integer.toString(config.firstUnprivileged()),
              "owner",
              context.source(QemuAccess.FACT).owner()));
    }
    if (problems.isEmpty() && config.changedSinceStart()) {
      problems.add(Problem.of("changed", "range", range));
    }
    return Outcome.of(problems, List.of(new Observed("migration ports", range, "")))
        .with("range", range);
  }

  /** Compares the ranges of both hosts. */
  static Outcome same(CheckContext context) {
    MigrationConfig source = context.source(MigrationConfig.FACT);
    MigrationConfig destination = context.destination(MigrationConfig.FACT);
    String here = source.portMin() + "-" + source.portMax();
    String there = destination.portMin() + "-" + destination.portMax();
    List<Problem> problems =
        here.equals(there)
            ? List.of()
            : List.of(
                Problem.of(
                    "differs",
                    "source-range",
                    here,
                    "destination-range",
                    there,
                    "min",
                    Integer.toString(source.portMin()),
                    "max",
                    Integer.toString(source.portMax())));
    return Outcome.of(problems, List.of(new Observed("migration ports", here, there)))
        .with("range", here);
  }
}
