package org.migratecheck.check.storage;

import static org.migratecheck.check.storage.StorageScene.IMAGE;
import static org.migratecheck.check.storage.StorageScene.SHARED;

import java.util.List;

/** Puts the shared directory of two hosts on one GFS2, with outputs as two cluster nodes print. */
final class Gfs2Scene {
  private static final String DEVICES =
      """
      total 0
      lrwxrwxrwx 1 root root 0 Nov 23 03:45 dm-0 -> ../../devices/virtual/block/dm-0
      end
      """;

  private static final String ATTRIBUTES =
      """
      /sys/class/block/dm-0/dev:253:0
      /sys/class/block/dm-0/size:1572864
      /sys/class/block/dm-0/ro:0
      /sys/class/block/dm-0/dm/name:mpatha
      /sys/class/block/dm-0/dm/uuid:mpath-360014057c9e3b5200014a109f00aabbc
      end
      """;

  private static final String MOUNTED =
      """
      /sys/fs/gfs2/fclab:gfsdata/id:253:0
      /sys/fs/gfs2/fclab:gfsdata/uuid:5b1b5c3e-93cc-4e5c-8f2a-2a0f1c6d7e11
      /sys/fs/gfs2/fclab:gfsdata/withdraw:0
      /sys/fs/gfs2/fclab:gfsdata/lock_module/block:0
      /sys/fs/gfs2/fclab:gfsdata/lock_module/jid:0
      /sys/fs/gfs2/fclab:gfsdata/lock_module/proto_name:lock_dlm
      end
      """;

  private static final String LOCKSPACES =
      """
      dlm lockspaces
      name          gfsdata
      id            0x8d1f5d9d
      flags         0x00000000\s
      change        member 2 joined 1 remove 0 failed 0 seq 2,2
      members       1 2\s

      end
      """;

  private static final String QUORUM =
      """
      Quorum information
      ------------------
      Date:             Mon Nov 23 04:08:55 2026
      Quorum provider:  corosync_votequorum
      Nodes:            2
      Node ID:          1
      Ring ID:          1.9
      Quorate:          Yes

      Votequorum information
      ----------------------
      Expected votes:   2
      Highest expected: 2
      Total votes:      2
      Quorum:           2 \s
      Flags:            Quorate\s

      Membership information
      ----------------------
          Nodeid      Votes Name
               1          1 fca (local)
               2          1 fcb
      end
      """;

  private Gfs2Scene() {}

  static StorageScene on(StorageScene scene) {
    String mount =
        " 253:0 / " + SHARED + " rw,noatime - gfs2 /dev/mapper/mpatha rw,noatime,rgrplvb\n";
    for (String mounts : List.of("mounts/mountinfo", IMAGE)) {
      scene.sharedMount(mounts, true, mount).sharedMount(mounts, false, mount);
    }
    return scene
        .editBoth(IMAGE, "|1048655|", "|64768|")
        .editBoth(IMAGE, "fs 65735546|fuseblk|0", "fs 1161970|gfs/gfs2|0")
        .both("block/devices", DEVICES)
        .both("block/attributes", ATTRIBUTES)
        .both("block/slaves", "end\n")
        .both("block/udev", "end\n")
        .both("gfs2/mounted", MOUNTED)
        .both("gfs2/lockspaces", LOCKSPACES)
        .both("gfs2/quorum", QUORUM);
  }
}
