package org.migratecheck.check.storage;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.migratecheck.check.CheckContext;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.storage.FileSystem;
import org.migratecheck.facts.storage.Mount;
import org.migratecheck.facts.storage.Mounts;
import org.migratecheck.facts.storage.Pools;

/** Finds a shared directory for images that both hosts have, to name it in advice. */
final class ImageDirectories {
  private static final Set<FileSystem> GOOD =
      Set.of(FileSystem.NFS, FileSystem.GFS2, FileSystem.CEPHFS, FileSystem.GLUSTERFS);

  private ImageDirectories() {}

  /**
   * Returns the first shared file system, mounted alike on both hosts, that is used for images: a
   * storage pool of the source lies there, or it is mounted below libvirt's own directory.
   */
  static Optional<String> common(CheckContext context) {
    try {
      Mounts there = context.destination(Mounts.FACT);
      Set<String> targets = new TreeSet<>();
      for (Mount mount : context.source(Mounts.FACT).mounts()) {
        boolean alike =
            there
                .at(mount.target())
                .filter(m -> m.source().equals(mount.source()) && m.type().equals(mount.type()))
                .filter(m -> !m.readOnly() && !mount.readOnly())
                .isPresent();
        if (alike
            && GOOD.contains(mount.fileSystem())
            && mount.target().matches("/[A-Za-z0-9/._-]+")
            && forImages(context, mount)) {
          targets.add(mount.target());
        }
      }
      return targets.stream().findFirst();
    } catch (Undetermined e) {
      return Optional.empty();
    }
  }

  private static boolean forImages(CheckContext context, Mount mount) {
    return Mounts.under(mount.target(), "/var/lib/libvirt")
        || context.source(Pools.FACT).pools().stream()
            .flatMap(p -> p.target().stream())
            .anyMatch(t -> t.equals(mount.target()));
  }
}
