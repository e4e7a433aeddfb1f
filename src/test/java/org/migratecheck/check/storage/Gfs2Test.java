package org.migratecheck.check.storage;

import static org.migratecheck.check.storage.StorageScene.IMAGE;
import static org.migratecheck.check.storage.StorageScene.SHARED;

import org.junit.jupiter.api.Test;

/** Images on GFS2: the same file system on both hosts, in one working cluster. */
final class Gfs2Test {

  @Test
  void clusterWorks() {
    Expect.pass(
        StorageScene.gfs2().judge("storage-gfs2"),
        "All 1 images of web1 on GFS2 are the same on hostA and hostB, and the cluster works");
  }

  @Test
  void noGfs2() {
    Expect.skipped(StorageScene.nfs().judge("storage-gfs2"), "web1 has no image on GFS2");
  }

  @Test
  void notMounted() {
    Expect.fail(
        StorageScene.gfs2()
            .destination(
                IMAGE,
                "path "
                    + SHARED
                    + "/web1.img\nreal "
                    + SHARED
                    + "/web1.img\nmount "
                    + StorageScene.ROOT_MOUNT
                    + "missing\nend\n")
            .judge("storage-gfs2"),
        "is not mounted at " + SHARED + " on hostB",
        "mount -t gfs2 -o rw,noatime,rgrplvb");
  }

  @Test
  void anotherDevice() {
    Expect.fail(
        StorageScene.gfs2()
            .editDestination("block/attributes", "b5200014a1", "b5200024a1")
            .judge("storage-gfs2"),
        "hostB does not have the device of GFS2 /dev/mapper/mpatha",
        "hostB: for scan in /sys/class/scsi_host/host*/scan");
  }

  @Test
  void withoutTheClustersLocks() {
    Expect.fail(
        StorageScene.gfs2()
            .editDestination("gfs2/mounted", "lock_dlm", "lock_nolock")
            .judge("storage-gfs2"),
        "GFS2 at " + SHARED + " on hostB is mounted with lock_nolock");
  }

  @Test
  void withdrawn() {
    Expect.fail(
        StorageScene.gfs2()
            .editSource("gfs2/mounted", "withdraw:0", "withdraw:1")
            .judge("storage-gfs2"),
        "GFS2 at " + SHARED + " on hostA has withdrawn after an error");
  }

  @Test
  void clusterIsNotQuorate() {
    Expect.fail(
        StorageScene.gfs2()
            .editDestination("gfs2/quorum", "Quorate:          Yes", "Quorate:          No")
            .editDestination("gfs2/quorum", "Nodes:            2", "Nodes:            1")
            .judge("storage-gfs2"),
        "The cluster of hostB is not quorate (1 nodes)");
  }

  @Test
  void lockManagerStopped() {
    Expect.fail(
        StorageScene.gfs2()
            .editDestination("gfs2/lockspaces", "0x00000000 ", "0x00000004 kern_stop")
            .editDestination("gfs2/lockspaces", "\n\nend", "\nnew status    wait quorum\n\nend")
            .judge("storage-gfs2"),
        "The lock manager on hostB grants no locks for gfsdata: wait quorum");
  }

  @Test
  void twoClusters() {
    Expect.fail(
        StorageScene.gfs2()
            .editDestination("gfs2/lockspaces", "members       1 2", "members       3 4")
            .judge("storage-gfs2"),
        "two clusters use one file system");
    Expect.fail(
        StorageScene.gfs2()
            .editDestination("gfs2/mounted", "fclab:gfsdata", "other:gfsdata")
            .judge("storage-gfs2"),
        "The hosts use different lock tables for one file system: fclab:gfsdata on hostA");
  }

  @Test
  void unknownStateOfTheClusterIsNoPass() {
    Expect.error(
        StorageScene.gfs2().cutDestination("gfs2/lockspaces").judge("storage-gfs2"), "hostB");
    Expect.error(StorageScene.gfs2().cutSource("gfs2/mounted").judge("storage-gfs2"), "hostA");
    Expect.error(
        StorageScene.gfs2().destination("gfs2/mounted", "end\n").judge("storage-gfs2"), "hostB");
    Expect.error(
        StorageScene.gfs2()
            .editDestination("gfs2/lockspaces", "gfsdata", "another")
            .judge("storage-gfs2"),
        "'dlm_tool ls' tells nothing of the GFS2 file system");
  }
}
