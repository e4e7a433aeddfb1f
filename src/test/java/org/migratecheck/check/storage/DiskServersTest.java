package org.migratecheck.check.storage;

import static org.migratecheck.check.storage.StorageScene.LIVE_XML;

import org.junit.jupiter.api.Test;

/** Volumes, network disks and their drivers, DRBD, lock managers. */
final class DiskServersTest {
  private static final String URI = "nbd://nas.lab:10809/disk";

  @Test
  void volumes() {
    Expect.pass(
        volume("path /srv/pool/web1.img").judge("storage-volumes"),
        "hostB knows all 1 volumes of web1, at the same paths");
    Expect.skipped(
        StorageScene.healthy().judge("storage-volumes"), "web1 has no disk of type volume");
    Expect.fail(
        volume("none error: failed to get vol 'web1.img' error: Storage volume not found: no"
                + " storage vol with matching path 'web1.img'")
            .judge("storage-volumes"),
        "Storage pool images on hostB does not know volume web1.img",
        "hostB: virsh -c qemu:///system pool-refresh images");
    Expect.fail(
        volume("path /other/web1.img").judge("storage-volumes"),
        "is /srv/pool/web1.img on hostA and /other/web1.img on hostB");
  }

  @Test
  void volumesOfPoolsThatAreNotThere() {
    StorageScene scene = volume("none error: no storage pool");
    Expect.fail(
        scene.destination("pools/names", "").destination("pools/details", "end\n").judge("storage-volumes"),
        "Storage pool images of volume web1.img is not defined on hostB");
    Expect.fail(
        volume("none error: storage pool 'images' is not active")
            .editDestination("pools/details", "running", "inactive")
            .judge("storage-volumes"),
        "is not active on hostB",
        "hostB: virsh -c qemu:///system pool-start images");
    Expect.error(
        volume("none error: End of file while reading data").judge("storage-volumes"), "hostB");
    Expect.error(volume("x").judge("storage-volumes"), "hostB");
    Expect.error(volume("path /x").cutDestination("volumes/paths").judge("storage-volumes"), "hostB");
  }

  @Test
  void networkDiskThatOpens() {
    Expect.pass(
        nbd("size 16777216", "size 16777216").judge("disk-opens"),
        "hostB opens all 1 network disks of web1 that need no secret");
    Expect.skipped(StorageScene.healthy().judge("disk-opens"), "web1 has no network disk");
  }

  @Test
  void networkDiskThatDoesNot() {
    String refused = "failed qemu-img: Could not open '" + URI + "': Requested export not available";
    Expect.fail(
        nbd("size 16777216", refused).judge("disk-opens"), "Requested export not available");
    Expect.fail(
        nbd("size 16777216", "size 8388608").judge("disk-opens"),
        "has 16777216 bytes for hostA and 8388608 bytes for hostB");
    Expect.fail(nbd("hangs", "hangs").judge("disk-opens"), "does not answer hostB");
    Expect.fail(
        nbd("size 1", "failed qemu-img: Could not open '" + URI + "': Unknown protocol 'nbd'")
            .judge("disk-opens"),
        "QEMU on hostB has no driver for nbd",
        "hostB: dnf -y install qemu-kvm-block-nbd");
    // What the source cannot open either is asked for by other means.
    Expect.warn(nbd(refused, refused).judge("disk-opens"), "could not be tried");
    Expect.error(nbd("size x", "size 1").judge("disk-opens"), "hostA");
    Expect.error(nbd("size 1", "size 1").cutDestination("network-images/0").judge("disk-opens"), "hostB");
  }

  @Test
  void localSockets() {
    String disk =
        "<disk type='vhostuser' device='disk'><driver name='qemu' type='raw'/>"
            + "<source type='unix' path='/run/vu.sock'/><target dev='vda'/></disk>";
    String missing = "path /run/vu.sock\nreal /run/vu.sock\nmount " + StorageScene.ROOT_MOUNT + "missing\nend\n";
    Expect.fail(
        StorageScene.healthy().disk(disk).destination("paths/9", missing).judge("storage-network-disks"),
        "served through the local socket /run/vu.sock, which is missing on hostB");
    Expect.warn(
        StorageScene.healthy()
            .disk(disk)
            .destination(
                "paths/9",
                missing.replace(
                    "missing\n",
                    "stat socket|7|0|0|0|777|307|0:0|1795000000\nfs 1021994|tmpfs|0\nroot erw\n"))
            .judge("storage-network-disks"),
        "both hosts have it");
  }

  @Test
  void blockDrivers() {
    String here = "module /usr/lib64/qemu-kvm/block-rbd.so\nend\n";
    Expect.skipped(
        StorageScene.healthy().judge("qemu-block-drivers"), "need no driver in a package");
    Expect.pass(rbd().both("qemu-storage/drivers", here).judge("qemu-block-drivers"), "has all 1");
    Expect.pass(rbd().judge("qemu-block-drivers"), "has all 1");
    Expect.fail(
        rbd()
            .source("qemu-storage/drivers", here)
            .destination("qemu-storage/drivers", "module /usr/lib64/qemu-kvm/block-ssh.so\nend\n")
            .judge("qemu-block-drivers"),
        "QEMU on hostB lacks the module block-rbd",
        "hostB: dnf -y install qemu-kvm-block-rbd");
    Expect.warn(
        rbd().source("qemu-storage/drivers", here).judge("qemu-block-drivers"),
        "it may have the driver built in");
    Expect.error(rbd().source("qemu-storage/drivers", "module x\nend\n").judge("qemu-block-drivers"), "hostA");
  }

  @Test
  void helperForReservations() {
    StorageScene scene =
        StorageScene.healthy()
            .editSource(LIVE_XML, "web1.img'", "web1.img'><reservations managed='yes'/></source><x a=''");
    scene.source("qemu-storage/drivers", "helper /usr/bin/qemu-pr-helper\nend\n");
    Expect.fail(scene.judge("qemu-block-drivers"), "Disk vda of web1 needs qemu-pr-helper",
        "hostB: dnf -y install qemu-pr-helper");
  }

  @Test
  void lockDaemons() {
    Expect.skipped(StorageScene.healthy().judge("lock-daemon"), "hostB uses no lock manager");
    Expect.pass(lockd("socket virtlockd\nend\n").judge("lock-daemon"), "virtlockd works on hostB");
    Expect.fail(
        lockd("plugin lockd\nend\n").judge("lock-daemon"),
        "hostB uses the lock manager lockd, but virtlockd does not run there",
        "virtlockd");
    Expect.warn(
        lockd("socket virtlockd\nsetting qemu-lockd.conf file_lockspace_dir \"/srv/locks\"\nend\n")
            .judge("lock-daemon"),
        "file_lockspace_dir in /etc/libvirt/qemu-lockd.conf is not set on hostA and /srv/locks");
    Expect.error(lockd("nonsense\nend\n").judge("lock-daemon"), "hostB");
  }

  @Test
  void sanlockNumbers() {
    String same = "process sanlock\nsetting qemu-sanlock.conf host_id 1\nend\n";
    Expect.fail(
        StorageScene.healthy()
            .editBoth("qemu-access/configuration", "end\n", "lock_manager = \"sanlock\"\nend\n")
            .both("qemu-storage/lock-managers", same)
            .judge("lock-daemon"),
        "Both hosts have host_id 1");
  }

  private static StorageScene lockd(String managers) {
    return StorageScene.healthy()
        .editBoth("qemu-access/configuration", "end\n", "lock_manager = \"lockd\"\nend\n")
        .source("qemu-storage/lock-managers", "socket virtlockd\nend\n")
        .destination("qemu-storage/lock-managers", managers);
  }

  private static StorageScene rbd() {
    return StorageScene.healthy()
        .disk(
            "<disk type='network' device='disk'><driver name='qemu' type='raw'/>"
                + "<source protocol='rbd' name='vms/web1'><host name='mon.lab' port='6789'/></source>"
                + "<target dev='vda'/></disk>");
  }

  private static StorageScene nbd(String here, String there) {
    return StorageScene.healthy()
        .disk(
            "<disk type='network' device='disk'><driver name='qemu' type='raw'/>"
                + "<source protocol='nbd' name='disk'><host name='nas.lab' port='10809'/></source>"
                + "<target dev='vda'/></disk>")
        .source("network-images/0", "image " + URI + "\n" + here + "\nend\n")
        .destination("network-images/0", "image " + URI + "\n" + there + "\nend\n");
  }

  private static StorageScene volume(String answer) {
    String uuid = "0c0a8b7e-5a3e-4d7c-9f57-6a1d2b3c4d5e";
    String details =
        "Name:           images\nUUID:           "
            + uuid
            + "\nState:          running\nPersistent:     yes\nAutostart:      yes\n\n"
            + "<pool type='dir'>\n  <name>images</name>\n  <uuid>"
            + uuid
            + "</uuid>\n  <target>\n    <path>/srv/pool</path>\n  </target>\n</pool>\nend\n";
    return StorageScene.healthy()
        .disk(
            "<disk type='volume' device='disk'><driver name='qemu' type='raw'/>"
                + "<source pool='images' volume='web1.img'/><target dev='vda'/></disk>")
        .both("pools/names", uuid + "\n")
        .both("pools/details", details)
        .both("pools/volumes", "end\n")
        .destination("volumes/paths", "volume images\tweb1.img\n" + answer + "\nend\n");
  }
}
