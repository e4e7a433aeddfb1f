package org.migratecheck.check.storage;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Xml;

/** Finds kinds of disks that cannot be moved while the guest runs, from the guest's XML alone. */
final class DiskKindEvaluator implements Evaluator {
  /** Image formats whose QEMU driver adds a migration blocker (block/vmdk.c and others). */
  private static final Set<String> BLOCKED_FORMATS =
      Set.of("vmdk", "vdi", "vhdx", "vpc", "qcow", "parallels");

  private static final Set<String> BLOCKED_TYPES = Set.of("nvme", "vhostvdpa");

  @Override
  public Outcome evaluate(CheckContext context) {
    List<Xml> disks = context.guest().xml().all("devices/disk");
    if (disks.isEmpty()) {
      return Outcome.skipped("no-disk");
    }
    Collector collector = new Collector();
    disks.forEach(disk -> judge(collector, disk));
    return collector.outcome().with("count", Integer.toString(disks.size()));
  }

  private static void judge(Collector collector, Xml disk) {
    String target = disk.attribute("target", "dev").orElse("?");
    String type = disk.attribute("type").orElse("file");
    String format = disk.attribute("driver", "type").orElse("raw");
    boolean readOnly = disk.first("readonly").isPresent() || disk.attr("device").equals("cdrom");
    collector.see(target, type + " " + format, "");
    if (BLOCKED_FORMATS.contains(format)) {
      collector.block(problem("format", target, type, format));
    }
    // These drivers block whatever the image is used for.
    for (Optional<Xml> store = disk.first("backingStore"); store.isPresent(); ) {
      String below = store.get().attribute("format", "type").orElse("raw");
      if (BLOCKED_FORMATS.contains(below)) {
        collector.block(problem("backing-format", target, type, below));
      }
      store = store.get().first("backingStore");
    }
    if (type.equals("dir") && !readOnly) {
      collector.block(problem("directory", target, type, format));
    }
    if (BLOCKED_TYPES.contains(type)) {
      collector.block(problem("type", target, type, format));
    }
    if (disk.all("source/reservations").stream().anyMatch(r -> !r.attr("enabled").equals("no"))
        || disk.attr("device").equals("lun")) {
      collector.warn(problem("reservations", target, type, format));
    }
    if (disk.first("shareable").isPresent()) {
      collector.warn(problem("shareable", target, type, format));
    }
  }

  private static Problem problem(String kind, String target, String type, String format) {
    return Problem.on(Side.SOURCE, kind, "disk", target, "type", type, "format", format);
  }
}
