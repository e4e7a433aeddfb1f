package org.migratecheck.check.storage;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.storage.Image;
import org.migratecheck.facts.storage.QemuStorage;

/**
 * Finds block drivers that QEMU on the source has as modules in packages of their own (RHEL:
 * qemu-kvm-block-*, Debian: qemu-block-extra) and the destination lacks, and the helper that keeps
 * persistent reservations.
 */
final class BlockDriversEvaluator implements Evaluator {
  /** Modules by protocol; what is not here is part of QEMU itself. */
  private static final Map<String, String> MODULES =
      Map.of(
          "rbd", "rbd", "iscsi", "iscsi", "gluster", "gluster", "nfs", "nfs", "ssh", "ssh", "http",
          "curl", "https", "curl", "ftp", "curl", "ftps", "curl");

  @Override
  public Outcome evaluate(CheckContext context) {
    GuestStorage storage = GuestStorage.of(context);
    Set<String> needed = new TreeSet<>();
    for (Image image : storage.images()) {
      image.network().map(n -> MODULES.get(n.protocol())).ifPresent(needed::add);
    }
    List<Xml> managed =
        context.guest().xml().all("devices/disk").stream()
            .filter(
                d -> d.all("source/reservations").stream().anyMatch(BlockDriversEvaluator::managed))
            .toList();
    if (needed.isEmpty() && managed.isEmpty()) {
      return Outcome.skipped("none");
    }
    QemuStorage here = context.source(QemuStorage.FACT);
    QemuStorage there = context.destination(QemuStorage.FACT);
    Collector collector = new Collector();
    for (String driver : needed) {
      boolean module = here.blockDrivers().contains(driver);
      boolean found = there.blockDrivers().contains(driver);
      collector.see(driver, module ? "module" : "built in", found ? "module" : "no module");
      // A QEMU without any such directory may have the driver built in.
      if (module && !found && !there.moduleDirectories().isEmpty()) {
        collector.block(Problem.on(Side.DESTINATION, "missing", "driver", driver));
      } else if (module && !found) {
        collector.warn(Problem.on(Side.DESTINATION, "perhaps-missing", "driver", driver));
      }
    }
    if (!managed.isEmpty()) {
      collector.see(
          "qemu-pr-helper",
          here.reservationHelper() ? "there" : "not found",
          there.reservationHelper() ? "there" : "not found");
      if (here.reservationHelper() && !there.reservationHelper()) {
        collector.block(
            Problem.on(
                Side.DESTINATION,
                "no-helper",
                "disk",
                managed.get(0).attribute("target", "dev").orElse("?")));
      }
    }
    return collector.outcome().with("count", Integer.toString(needed.size() + managed.size()));
  }

  private static boolean managed(Xml reservations) {
    return reservations.attr("managed").equals("yes");
  }
}
