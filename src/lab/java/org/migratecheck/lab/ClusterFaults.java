package org.migratecheck.lab;

import static org.migratecheck.lab.Outcome.damages;
import static org.migratecheck.lab.Outcome.notLookedAt;
import static org.migratecheck.lab.Outcome.refused;
import static org.migratecheck.lab.Requirement.STORAGE;

import java.util.List;

/** What goes wrong with images on GFS2 with the cluster's locks. */
final class ClusterFaults {
  private static final String IMAGE = "/gfs2/guest.img";
  private static final String DEVICE = "/dev/mapper/mpathb";

  private ClusterFaults() {}

  /** Faults of GFS2. Quorum cannot be lost in a cluster of two_node; see Gfs2Test for it. */
  static List<Fault> all(UmlLab uml) {
    return List.of(
        there(uml, "gfs2-not-mounted", "umount /gfs2")
            .found("storage-gfs2", "same-storage", "shared-path-exists")
            .really(refused("Cannot access storage file '" + IMAGE + "'")),
        there(uml, "gfs2-read-only", "mount -o remount,ro /gfs2")
            .found("disk-access", "storage-mount-options")
            .really(refused("Read-only file system")),
        // In a journal of its own, so that nothing is lost before this is over.
        there(
                uml,
                "gfs2-no-cluster-locks",
                "umount /gfs2 && mount -t gfs2 -o noatime,lockproto=lock_nolock,hostdata=jid=2 "
                    + DEVICE
                    + " /gfs2")
            .found("storage-gfs2")
            .really(notLookedAt())
            .mendedBy(
                lab -> uml.away("umount /gfs2 && mount -t gfs2 -o noatime " + DEVICE + " /gfs2")),
        Fault.of(
                "gfs2-other-file-system",
                STORAGE,
                lab -> {
                  uml.san("map", uml.destination(), "4", "gfs2other");
                  uml.there(
                      "umount /gfs2; iscsiadm -m session --rescan >/dev/null; udevadm settle; "
                          + "timeout 20 sh -c 'until [ -e /dev/mapper/mpathc ]; do sleep 0.2; done'; "
                          + "mount -t gfs2 -o noatime /dev/mapper/mpathc /gfs2 && truncate -s 16M "
                          + IMAGE);
                })
            .found("storage-gfs2", "same-storage")
            .really(
                damages(
                    "the guest writes a file of another file system",
                    lab -> uml.ticks(uml.destination(), IMAGE))));
  }

  private static Fault there(UmlLab uml, String id, String shell) {
    return Fault.of(id, STORAGE, lab -> uml.there(shell));
  }
}
