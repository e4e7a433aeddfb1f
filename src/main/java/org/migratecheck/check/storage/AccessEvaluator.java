package org.migratecheck.check.storage;

import java.util.List;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.storage.FileSystem;
import org.migratecheck.facts.storage.Image;
import org.migratecheck.facts.storage.Image.Role;
import org.migratecheck.facts.storage.PathState.Answer;
import org.migratecheck.facts.storage.PathState.FileState;
import org.migratecheck.facts.storage.QemuAccess;

/**
 * Judges whether QEMU can open the images on the destination.
 *
 * <p>libvirt there first looks at each image (reachable for QEMU's user), then makes that user its
 * owner where {@code dynamic_ownership} is on (security_dac.c; a refusal is ignored), and only then
 * QEMU opens it. So a file that belongs to somebody else is no obstacle where root may do all, and
 * is one where the server maps root to nobody.
 */
final class AccessEvaluator implements Evaluator {

  @Override
  public Outcome evaluate(CheckContext context) {
    GuestStorage storage = GuestStorage.of(context);
    List<Image> images =
        storage.withPath().stream()
            .filter(i -> storage.destination(i).state().answer() != Answer.MISSING)
            .toList();
    if (images.isEmpty()) {
      return Outcome.skipped("no-path");
    }
    Collector collector = new Collector();
    collector.each(images, image -> judge(storage, collector, image));
    return collector
        .outcome()
        .with("count", Integer.toString(images.size()))
        .with("owner", context.destination(QemuAccess.FACT).owner());
  }

  private static void judge(GuestStorage storage, Collector collector, Image image) {
    Place destination = storage.destination(image);
    FileState file = destination.file();
    collector.see(
        image.label(),
        storage.source(image).state().file().map(AccessEvaluator::owner).orElse(""),
        owner(file));
    boolean writes = image.role() == Role.DISK && !image.readOnly();
    if (writes && !file.block() && destination.mount().readOnly()) {
      collector.block(
          MountRepair.add(
              storage.problem(Side.DESTINATION, "read-only", image),
              MountRepair.writable(destination.mount())));
      return;
    }
    QemuAccess qemu = storage.context().destination(QemuAccess.FACT);
    boolean takesOver = qemu.dynamicOwnership() && image.relabel();
    if (file.block() && takesOver) {
      return;
    }
    String rights =
        qemu.uid() == 0
            ? file.asRoot()
            : file.asQemu()
                .orElseThrow(
                    () ->
                        new Undetermined(
                            storage.context().destination().name()
                                + ": could not try what user "
                                + qemu.owner()
                                + " may do with "
                                + image.path().orElse(""),
                            "Run as root, or with sudo; the command setpriv (util-linux) is"
                                + " needed."));
    if (enough(rights, writes)) {
      foreign(storage, collector, image, qemu, file, takesOver);
      return;
    }
    // Unlike a root that the server maps to nobody, a real one may write whatever the mode says.
    boolean realRoot = file.asRoot().contains("w");
    String kind =
        !rights.contains("e")
            ? "closed"
            : destination.fileSystem() == FileSystem.NFS && mayWrite(file, qemu) && !realRoot
                ? "server-denies"
                : "denied";
    if (takesOver && rights.contains("e") && realRoot) {
      foreign(storage, collector, image, qemu, file, true);
    } else {
      collector.block(
          storage.problem(
              Side.DESTINATION,
              kind,
              image,
              "owner",
              qemu.owner(),
              "file-owner",
              file.uid() + ":" + file.gid(),
              "mode",
              file.mode(),
              "directory",
              parent(image.path().orElse("/")),
              "export",
              destination.mount().source()));
    }
  }

  /**
   * Returns whether owner and mode let QEMU read and write. Where they do and it still may not, the
   * server of a network file system takes it for somebody else, or lets nobody of this host write.
   */
  private static boolean mayWrite(FileState file, QemuAccess qemu) {
    int length = file.mode().length();
    int digit = file.uid() == qemu.uid() ? 3 : file.gid() == qemu.gid() ? 2 : 1;
    if (length < digit) {
      return false;
    }
    int rights = Character.digit(file.mode().charAt(length - digit), 8);
    return rights >= 6;
  }

  private static boolean enough(String rights, boolean writes) {
    return rights.contains("r") && (!writes || rights.contains("w"));
  }

  /** The file will change its owner with the move: the way back needs the same on the source. */
  private static void foreign(
      GuestStorage storage,
      Collector collector,
      Image image,
      QemuAccess there,
      FileState file,
      boolean takesOver) {
    QemuAccess here = storage.context().source(QemuAccess.FACT);
    boolean changes = takesOver && file.regular() && file.uid() != there.uid();
    if (image.role() == Role.DISK && changes && here.uid() != there.uid()) {
      collector.warn(
          storage.problem(
              Side.DESTINATION,
              "changes-owner",
              image,
              "here",
              here.owner(),
              "there",
              there.owner()));
    }
  }

  private static String owner(FileState file) {
    return file.uid() + ":" + file.gid() + " mode " + file.mode();
  }

  private static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }
}
