package org.migratecheck.lab;

import static org.migratecheck.lab.Attachment.SHARED;
import static org.migratecheck.lab.Outcome.notLookedAt;
import static org.migratecheck.lab.Outcome.refused;
import static org.migratecheck.lab.Requirement.STORAGE;

import java.util.List;

/** Unusual ways to mount the same images, which are sound, and a server that forgot its client. */
final class NfsOddities {
  private static final String IMAGE = SHARED + "/guest.img";
  private static final String UNMOUNT = "umount " + SHARED;
  private static final String MOUNT = "mount -t nfs -o vers=4.2 10.76.0.29:";

  /** The one way that hosts of the lab have it. */
  private static final String USUAL = MOUNT + "/images " + SHARED;

  private NfsOddities() {}

  /** Those of NFS 4.2. */
  static List<Fault> four(UmlLab uml) {
    return List.of(
        oddity(
            uml,
            "nfs-bind-mount-sound",
            UNMOUNT
                + " && mkdir -p /mnt/images && "
                + MOUNT
                + "/images /mnt/images && mount --bind /mnt/images "
                + SHARED,
            UNMOUNT + " && umount /mnt/images && " + USUAL),
        oddity(
            uml,
            "nfs-symbolic-link-sound",
            UNMOUNT
                + " && mkdir -p /mnt/images && "
                + MOUNT
                + "/images /mnt/images && rmdir "
                + SHARED
                + " && ln -s /mnt/images "
                + SHARED,
            "rm " + SHARED + " && mkdir " + SHARED + " && umount /mnt/images && " + USUAL),
        // The kernel mounts what is below by itself, when it is first used.
        oddity(
            uml,
            "nfs-server-root-sound",
            UNMOUNT
                + " && mkdir -p /mnt/all && "
                + MOUNT
                + "/ /mnt/all && rmdir "
                + SHARED
                + " && ln -s /mnt/all/images "
                + SHARED,
            "rm " + SHARED + " && mkdir " + SHARED + " && umount -l /mnt/all && " + USUAL),
        Fault.of(
                "nfs-other-version",
                STORAGE,
                lab ->
                    uml.there(
                        UNMOUNT
                            + " && mount -t nfs -o vers=3,nolock 10.76.0.29:/srv/nfs/images "
                            + SHARED))
            .found("storage-mount-options", "storage-nfs")
            .warned()
            .really(notLookedAt())
            .mendedBy(lab -> uml.away(UNMOUNT + " && " + USUAL)),
        Fault.of("nfs-stale-handle", STORAGE, lab -> uml.san("only", uml.source()))
            .found("same-storage", "storage-nfs", "shared-path-exists", "storage-answers")
            .really(refused("Stale file handle"))
            .mendedBy(lab -> uml.san("unexport", uml.source())));
  }

  private static Fault oddity(UmlLab uml, String id, String shell, String back) {
    return Fault.of(id, STORAGE, lab -> uml.there(shell))
        .found()
        .warned()
        .really(notLookedAt())
        .mendedBy(lab -> uml.away(back));
  }
}
