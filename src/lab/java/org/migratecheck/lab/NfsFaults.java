package org.migratecheck.lab;

import static org.migratecheck.lab.Attachment.SHARED;
import static org.migratecheck.lab.Outcome.damages;
import static org.migratecheck.lab.Outcome.hangs;
import static org.migratecheck.lab.Outcome.notLookedAt;
import static org.migratecheck.lab.Outcome.refused;
import static org.migratecheck.lab.Requirement.STORAGE;

import java.util.List;

/** What goes wrong with images on an NFS server of the kernel, mounted by the kernel. */
final class NfsFaults {
  private static final String IMAGE = SHARED + "/guest.img";
  private static final String UNMOUNT = "umount " + SHARED;
  private static final String SERVER = "10.76.0.29";

  /** The storage server by another of its addresses. */
  private static final String OTHER_ADDRESS = "10.77.0.29";

  private static final Outcome NO_SUCH_FILE = refused("Cannot access storage file '" + IMAGE + "'");

  private NfsFaults() {}

  /** Faults of NFS 4.2. */
  static List<Fault> four(UmlLab uml) {
    String mount = "mount -t nfs -o vers=4.2 ";
    return List.of(
        there(uml, "nfs-not-mounted", UNMOUNT)
            .found("storage-nfs", "same-storage", "shared-path-exists")
            .really(NO_SUCH_FILE),
        there(
                uml,
                "nfs-mounted-elsewhere",
                UNMOUNT + "; mkdir -p /mnt/images; " + mount + SERVER + ":/images /mnt/images")
            .found("storage-nfs", "same-storage", "shared-path-exists")
            .really(NO_SUCH_FILE),
        there(
                uml,
                "nfs-other-export",
                UNMOUNT
                    + "; "
                    + mount
                    + SERVER
                    + ":/other "
                    + SHARED
                    + "; rm -f "
                    + IMAGE
                    + "; truncate -s 16M "
                    + IMAGE)
            .found("storage-nfs", "same-storage")
            .really(
                damages(
                    "the guest writes a file of the other export",
                    lab -> uml.ticks(UmlLab.SAN, "/srv/nfs/other/guest.img"))),
        there(
                uml,
                "nfs-local-disk",
                UNMOUNT
                    + " && modprobe loop && truncate -s 64M /var/tmp/own && mkfs.ext4 -q /var/tmp/own"
                    + " && mount -o loop /var/tmp/own "
                    + SHARED
                    + " && truncate -s 16M "
                    + IMAGE)
            .found("storage-nfs", "same-storage")
            .really(
                damages(
                    "the guest writes a private copy", lab -> uml.ticks(uml.destination(), IMAGE))),
        there(uml, "nfs-mounted-read-only", "mount -o remount,ro " + SHARED)
            .found("disk-access", "storage-mount-options")
            .really(refused("Read-only file system")),
        Fault.of(
                "nfs-exported-read-only",
                STORAGE,
                lab -> uml.san("export", uml.destination(), "ro,no_root_squash"))
            .found("disk-access")
            .really(refused("Read-only file system"))
            .mendedBy(lab -> uml.san("unexport", uml.destination())),
        Fault.of(
                "nfs-all-squash",
                STORAGE,
                lab -> uml.san("export", uml.destination(), "rw,all_squash"))
            .found("disk-access")
            .really(refused("Permission denied"))
            .mendedBy(lab -> uml.san("unexport", uml.destination())),
        // Root becomes nobody, and QEMU's user does not: that is how NFS is exported by default.
        Fault.of(
                "nfs-root-squash-sound",
                STORAGE,
                lab -> uml.san("export", uml.destination(), "rw,root_squash"))
            .found()
            .warned()
            .really(notLookedAt())
            .mendedBy(lab -> uml.san("unexport", uml.destination())),
        there(
                uml,
                "nfs-other-address",
                UNMOUNT + "; " + mount + OTHER_ADDRESS + ":/images " + SHARED)
            .found("storage-nfs", "same-storage")
            .warned()
            .really(notLookedAt())
            .mendedBy(
                lab ->
                    // the guest is there now: it must leave before anything is unmounted
                    uml.away(UNMOUNT + " && " + mount + SERVER + ":/images " + SHARED)),
        Fault.of("nfs-server-silent", STORAGE, lab -> uml.san("hang", uml.destination()))
            .found("storage-answers")
            .really(hangs())
            .mendedBy(lab -> uml.san("resume", uml.destination())));
  }

  /** Faults of NFS 3. */
  static List<Fault> three(UmlLab uml) {
    String mount = "mount -t nfs -o vers=3,nolock";
    String export = " " + SERVER + ":/srv/nfs/images " + SHARED;
    return List.of(
        there(uml, "nfs3-not-mounted", UNMOUNT)
            .found("storage-nfs", "same-storage", "shared-path-exists")
            .really(NO_SUCH_FILE),
        there(uml, "nfs3-soft", UNMOUNT + "; " + mount + ",soft" + export)
            .found("storage-mount-options")
            .warned()
            .really(notLookedAt())
            .mendedBy(lab -> uml.away(UNMOUNT + " && " + mount + export)),
        there(
                uml,
                "nfs3-server-directory",
                UNMOUNT + "; " + mount + " " + SERVER + ":/srv/nfs " + SHARED)
            .found("storage-nfs", "same-storage", "shared-path-exists")
            .really(NO_SUCH_FILE));
  }

  private static Fault there(UmlLab uml, String id, String shell) {
    return Fault.of(id, STORAGE, lab -> uml.there(shell));
  }
}
