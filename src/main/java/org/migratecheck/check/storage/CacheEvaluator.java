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
import org.migratecheck.facts.storage.FileSystem;
import org.migratecheck.facts.storage.Image;
import org.migratecheck.facts.storage.Image.Role;
import org.migratecheck.facts.storage.PathState.FileState;
import org.migratecheck.facts.storage.QemuStorage;
import org.migratecheck.facts.system.Libvirt;

/**
 * Judges how QEMU reads and writes the guest's disks: through which cache, and by which interface
 * of the kernel.
 */
final class CacheEvaluator implements Evaluator {
  /** Modes that bypass the page cache (libvirt: Domain XML format, driver, cache). */
  private static final Set<String> DIRECT = Set.of("none", "directsync");

  /** File systems that keep the caches of their hosts alike. */
  private static final Set<FileSystem> COHERENT =
      Set.of(
          FileSystem.GFS2,
          FileSystem.OCFS2,
          FileSystem.CEPHFS,
          FileSystem.GLUSTERFS,
          FileSystem.GPFS);

  @Override
  public Outcome evaluate(CheckContext context) {
    List<Xml> disks =
        context.guest().xml().all("devices/disk").stream()
            .filter(d -> d.first("source").isPresent())
            .toList();
    if (disks.isEmpty()) {
      return Outcome.skipped("no-disk");
    }
    GuestStorage storage = GuestStorage.of(context);
    Collector collector = new Collector();
    for (Xml disk : disks) {
      collector.attempt(() -> judge(storage, collector, disk));
    }
    return collector.outcome().with("count", Integer.toString(disks.size()));
  }

  private static void judge(GuestStorage storage, Collector collector, Xml disk) {
    String target = disk.attribute("target", "dev").orElse("?");
    String cache = disk.attribute("driver", "cache").orElse("default");
    String io = disk.attribute("driver", "io").orElse("default");
    collector.see(target, "cache " + cache + ", io " + io, "");
    Optional<Image> image =
        storage.withPath(Role.DISK).stream().filter(i -> i.target().equals(target)).findFirst();
    if (image.isPresent() && !image.get().readOnly()) {
      cache(storage, collector, image.get(), cache, disk.first("shareable").isPresent());
    }
    if (io.equals("io_uring")) {
      uring(storage, collector, target);
    }
    if (DIRECT.contains(cache) && image.isPresent()) {
      direct(storage, collector, image.get(), cache);
    }
  }

  private static void cache(
      GuestStorage storage, Collector collector, Image image, String cache, boolean shareable) {
    Place source = storage.source(image);
    if (!source.state().present() || DIRECT.contains(cache)) {
      return;
    }
    boolean coherent = !source.block() && COHERENT.contains(source.fileSystem());
    if (cache.equals("unsafe")) {
      Problem problem = storage.problem(Side.SOURCE, coherent ? "unsafe-cluster" : "unsafe", image);
      if (coherent) {
        collector.warn(problem);
      } else {
        collector.block(problem);
      }
    }
    boolean cluster =
        !source.block() && Set.of(FileSystem.GFS2, FileSystem.OCFS2).contains(source.fileSystem());
    if (!shareable && !cluster && old(storage.context().source(Libvirt.FACT).qemu())) {
      collector.block(storage.problem(Side.SOURCE, "old-qemu", image, "cache", cache));
    }
  }

  /** QEMU can drop what it has cached of an image since version 4.0 (qemu_capabilities.c). */
  private static boolean old(String qemu) {
    return qemu.matches("[0-3]\\..*");
  }

  private static void uring(GuestStorage storage, Collector collector, String target) {
    CheckContext context = storage.context();
    QemuStorage there = context.destination(QemuStorage.FACT);
    String emulator = context.guest().xml().textAt("devices/emulator").orElse("");
    if (there.uringInKernel().filter(k -> !k).isPresent()) {
      collector.block(problem("uring-kernel", target));
    } else if (there.uringDisabled().filter(d -> d >= 2).isPresent()) {
      collector.block(problem("uring-disabled", target));
    } else if (there.uringDisabled().filter(d -> d == 1).isPresent()) {
      collector.warn(problem("uring-restricted", target));
    }
    if (Boolean.FALSE.equals(there.uringPrograms().get(emulator))) {
      collector.block(problem("uring-qemu", target));
    }
  }

  /** Reading past the page cache works here and not there: another kind or way of mounting. */
  private static void direct(GuestStorage storage, Collector collector, Image image, String cache) {
    Place source = storage.source(image);
    Place destination = storage.destination(image);
    if (!source.state().present() || !destination.state().present()) {
      return;
    }
    FileState here = source.file();
    FileState there = destination.file();
    if (here.direct().equals(Optional.of(true)) && there.direct().equals(Optional.of(false))) {
      collector.block(storage.problem(Side.DESTINATION, "no-direct", image, "cache", cache));
    }
  }

  private static Problem problem(String kind, String target) {
    return Problem.on(Side.DESTINATION, kind, "disk", target);
  }
}
