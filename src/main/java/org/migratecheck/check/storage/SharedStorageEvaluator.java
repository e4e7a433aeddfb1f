package org.migratecheck.check.storage;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.storage.FileSystem;
import org.migratecheck.facts.storage.Image;
import org.migratecheck.facts.storage.Mounts;
import org.migratecheck.facts.storage.PathState.Answer;
import org.migratecheck.facts.storage.QemuAccess;
import org.migratecheck.facts.storage.Transport;

/** Finds disks that are not on storage that another host can reach. */
final class SharedStorageEvaluator implements Evaluator {
  /**
   * The magic numbers of the file systems that libvirt takes for shared (virfile.c,
   * virFileSharedFs): NFS, GFS2, OCFS2, AFS, SMB, CIFS, CephFS, GPFS, ACFS, BeeGFS.
   */
  private static final Set<String> KNOWN_TO_LIBVIRT =
      Set.of(
          "6969",
          "1161970",
          "7461636f",
          "6b414653",
          "517b",
          "ff534d42",
          "c36400",
          "47504653",
          "61636673",
          "19830326");

  /** Names that mean themselves in a regular expression and in XML, but for the dot. */
  private static final Pattern PLAIN = Pattern.compile("/[A-Za-z0-9/._-]+");

  private static final String FUSE = "65735546";

  /** Of FUSE file systems, libvirt knows these by their type (virfile.c, virFileSharedFsFUSE). */
  private static final Set<String> KNOWN_FUSE = Set.of("fuse.glusterfs", "fuse.quobyte");

  @Override
  public Outcome evaluate(CheckContext context) {
    GuestStorage storage = GuestStorage.of(context);
    List<Image> images = storage.images().stream().filter(Image::needsSharing).toList();
    if (images.isEmpty()) {
      return Outcome.skipped("no-disk");
    }
    Collector collector = new Collector();
    collector.each(images, image -> judge(storage, collector, image));
    collector.attempt(storage::requireChains);
    return collector.outcome().with("count", Integer.toString(images.size()));
  }

  private static void judge(GuestStorage storage, Collector collector, Image image) {
    if (image.network().isPresent()) {
      collector.see(image.label(), image.label(), image.label());
      return;
    }
    if (image.path().isEmpty()) {
      collector.see(image.label(), image.type(), "");
      collector.block(storage.problem(Side.SOURCE, "no-path", image, "type", image.type()));
      return;
    }
    Place source = storage.source(image);
    storage.see(collector, image);
    if (source.state().answer() == Answer.MISSING) {
      collector.block(storage.problem(Side.SOURCE, "gone", image));
    } else if (source.block()) {
      device(storage, collector, image, source);
    } else {
      file(storage, collector, image, source);
    }
  }

  /** libvirt takes every block device for shared, local ones too. */
  private static void device(GuestStorage storage, Collector collector, Image image, Place source) {
    Set<Transport> transports = source.transports();
    boolean local = transports.contains(Transport.LOCAL);
    boolean enclosure =
        transports.contains(Transport.SAS)
            && !(storage.destination(image).state().present()
                && SameStorage.compare(source, storage.destination(image)) == Sameness.SAME);
    if (local || enclosure) {
      collector.block(storage.problem(Side.SOURCE, "local-device", image));
    }
  }

  private static void file(GuestStorage storage, Collector collector, Image image, Place source) {
    FileSystem fileSystem = source.fileSystem();
    boolean listed = listed(storage.context(), source);
    boolean shared = fileSystem.shared() || listed;
    String type = source.mount().type();
    if (!shared) {
      if (image.role() == Image.Role.BACKING) {
        collector.block(storage.problem(Side.SOURCE, "local-backing", image, "type", type));
      } else if (image.readOnly()) {
        collector.warn(storage.problem(Side.SOURCE, "local-read-only", image, "type", type));
      } else {
        collector.block(local(storage, image, type));
      }
      return;
    }
    boolean judgedByLibvirt = image.role() == Image.Role.DISK && !image.readOnly();
    if (judgedByLibvirt && !listed && !knownToLibvirt(source)) {
      collector.block(storage.problem(Side.SOURCE, "unknown-to-libvirt", image, "type", type));
    }
  }

  /** Names a better place for the image where both hosts have one. */
  private static Problem local(GuestStorage storage, Image image, String type) {
    String path = image.path().orElseThrow();
    Optional<String> directory =
        PLAIN.matcher(path).matches()
            ? ImageDirectories.common(storage.context())
            : Optional.empty();
    return directory
        .map(
            d ->
                storage.problem(
                    Side.SOURCE,
                    "local-file-movable",
                    image,
                    "type",
                    type,
                    "directory",
                    d,
                    "new-path",
                    d + path.substring(path.lastIndexOf('/'))))
        .orElseGet(() -> storage.problem(Side.SOURCE, "local-file", image, "type", type));
  }

  private static boolean knownToLibvirt(Place source) {
    String magic = source.file().magic();
    return magic.equals(FUSE)
        ? KNOWN_FUSE.contains(source.mount().type())
        : KNOWN_TO_LIBVIRT.contains(magic);
  }

  /** Asked only where it matters: a host may not tell its configuration. */
  private static boolean listed(CheckContext context, Place source) {
    if (source.fileSystem().shared() && knownToLibvirt(source)) {
      return false;
    }
    return context.source(QemuAccess.FACT).sharedFilesystems().stream()
        .anyMatch(directory -> Mounts.under(source.state().real(), directory));
  }
}
