package org.migratecheck.check.storage;

import static org.migratecheck.check.storage.StorageScene.IMAGE;
import static org.migratecheck.check.storage.StorageScene.LIVE_XML;
import static org.migratecheck.check.storage.StorageScene.SHARED;

import org.junit.jupiter.api.Test;

/** Whether both hosts reach the same disks under the same paths. */
final class SharedStorageTest {

  @Test
  void diskOnSharedStorage() {
    Expect.pass(
        StorageScene.healthy().judge("disk-on-shared-storage"),
        "All 1 images of web1 are on shared storage");
  }

  @Test
  void diskOnTheSourcesOwnFileSystem() {
    Expect.fail(
        StorageScene.healthy().localDisk().judge("disk-on-shared-storage"),
        "Disk vda of web1 is a file on hostA's own overlay: /var/lib/libvirt/images/web1.img",
        "hostA: virsh -c qemu:///system blockcopy web1 vda " + SHARED + "/web1.img");
  }

  @Test
  void diskOnTheSourcesOwnFileSystemAndNowhereToMoveIt() {
    Expect.fail(
        StorageScene.recorded().localDisk().judge("disk-on-shared-storage"),
        "Disk vda of web1 is a file on hostA's own overlay");
  }

  @Test
  void backingImageOnTheSourcesOwnFileSystem() {
    StorageScene scene =
        StorageScene.healthy()
            .localDisk()
            .disk(
                "<disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='"
                    + SHARED
                    + "/web1.img'/><backingStore type='file'><format type='raw'/>"
                    + "<source file='/var/lib/libvirt/images/web1.img'/><backingStore/>"
                    + "</backingStore><target dev='vda' bus='virtio'/></disk>");
    Expect.fail(
        scene.judge("disk-on-shared-storage"),
        "Disk vda of web1 has a backing image on hostA's own overlay",
        "hostA: virsh -c qemu:///system blockpull web1 vda --wait");
  }

  @Test
  void anUnknownBackingChainIsNoPass() {
    StorageScene scene =
        StorageScene.healthy()
            .editSource(LIVE_XML, "type='raw' cache='none'", "type='qcow2' cache='none'")
            .editSource(LIVE_XML, "<backingStore/>", "");
    Expect.error(scene.judge("disk-on-shared-storage"), "the backing chain of disk vda");
  }

  @Test
  void aDiskThatNoOtherHostCanReach() {
    StorageScene scene =
        StorageScene.healthy()
            .disk(
                "<disk type='vhostvdpa' device='disk'><driver name='qemu' type='raw'/>"
                    + "<source dev='/dev/vhost-vdpa-0'/><target dev='vda'/></disk>");
    Expect.fail(scene.judge("disk-on-shared-storage"), "is of type vhostvdpa");
  }

  @Test
  void cutEvidenceOfPathsIsNoPass() {
    Expect.error(StorageScene.healthy().cutSource(IMAGE).judge("disk-on-shared-storage"), "hostA");
    Expect.error(StorageScene.healthy().cutDestination(IMAGE).judge("same-storage"), "hostB");
    Expect.error(StorageScene.healthy().cutDestination(IMAGE).judge("shared-path-exists"), "hostB");
    Expect.error(StorageScene.healthy().cutDestination(IMAGE).judge("storage-answers"), "hostB");
    // Whole by its length, but without its last line.
    Expect.error(
        StorageScene.healthy().editDestination(IMAGE, "\nend\n", "\n").judge("same-storage"),
        "not whole");
  }

  @Test
  void sameStorage() {
    Expect.pass(
        StorageScene.healthy().judge("same-storage"),
        "All 1 paths lead to the same storage from hostA and hostB");
    Expect.pass(StorageScene.nfs().judge("same-storage"), "All 1 paths");
    Expect.pass(StorageScene.gfs2().judge("same-storage"), "All 1 paths");
  }

  @Test
  void anotherFileUnderTheSamePath() {
    Expect.fail(
        StorageScene.healthy()
            .editDestination(IMAGE, "|9884053568060744738|", "|9884053568060744739|")
            .judge("same-storage"),
        SHARED + "/web1.img is another file on hostB",
        "hostB: umount " + SHARED + " && mount -t glusterfs -o rw store.lab:/vol0 " + SHARED);
  }

  @Test
  void aCopyOnTheDestinationsOwnFileSystem() {
    // The volume is not mounted on hostB, but somebody has copied the image there.
    StorageScene scene =
        StorageScene.healthy()
            .editDestination(
                IMAGE,
                "mount 91 1335 0:335 / "
                    + SHARED
                    + " rw,relatime - fuse.glusterfs store.lab:/vol0 rw,user_id=0,group_id=0,"
                    + "default_permissions,allow_other,max_read=131072\n",
                "")
            .editDestination(IMAGE, "|9884053568060744738|", "|82|")
            .editDestination(IMAGE, "fs 65735546|fuseblk|0", "fs 794c7630|overlayfs|1");
    Expect.fail(
        scene.judge("same-storage"),
        "web1.img is another file on hostB: local file system overlay",
        "hostB: mountpoint -q " + SHARED + " || { mkdir -p " + SHARED);
  }

  @Test
  void aDeviceInPlaceOfTheFile() {
    StorageScene scene =
        StorageScene.gfs2()
            .editDestination(IMAGE, "stat regular file|", "stat block special file|")
            .editDestination(IMAGE, "|0:0|", "|fd:0|");
    Expect.fail(
        scene.judge("same-storage"), "web1.img is a file on one host and a device on the other");
    Expect.fail(
        scene.judge("shared-path-exists"),
        "web1.img is a regular file on hostA and a block device on hostB");
  }

  @Test
  void nothingToCompareWhereNothingIs() {
    Expect.skipped(
        StorageScene.recorded().judge("same-storage"), "none of the paths of web1 is there");
  }

  @Test
  void pathsExist() {
    Expect.pass(
        StorageScene.healthy().judge("shared-path-exists"), "All 3 paths of web1 exist on hostB");
  }

  @Test
  void sharedFileSystemNotMounted() {
    Expect.fail(
        StorageScene.recorded().judge("shared-path-exists"),
        "web1.img is missing on hostB: store.lab:/vol0 is not mounted at " + SHARED + " there",
        "hostB: mountpoint -q " + SHARED);
  }

  @Test
  void kernelMissing() {
    StorageScene scene =
        StorageScene.healthy()
            .destination(
                "paths/1",
                "path /var/lib/libvirt/boot/vmlinuz\nreal /var/lib/libvirt/boot/vmlinuz\nmount "
                    + StorageScene.ROOT_MOUNT
                    + "missing\nend\n");
    Expect.fail(
        scene.judge("shared-path-exists"), "/var/lib/libvirt/boot/vmlinuz (kernel of web1)");
  }

  @Test
  void storageAnswers() {
    Expect.pass(
        StorageScene.healthy().judge("storage-answers"),
        "All 3 paths of web1 answer on both hosts");
  }

  @Test
  void storageHangs() {
    Expect.fail(
        StorageScene.nfs().hangDestination().judge("storage-answers"),
        SHARED + "/web1.img does not answer on hostB");
    Expect.error(StorageScene.nfs().hangDestination().judge("same-storage"), "does not answer");
    Expect.error(
        StorageScene.nfs().hangDestination().withoutOnDestination(IMAGE).judge("storage-answers"),
        "web1.img was not looked at");
  }

  @Test
  void storageIsStale() {
    StorageScene scene =
        StorageScene.nfs()
            .destination(
                IMAGE,
                "path "
                    + SHARED
                    + "/web1.img\nreal "
                    + SHARED
                    + "/web1.img\nmount "
                    + StorageScene.ROOT_MOUNT
                    + "mount 91 1335"
                    + StorageScene.nfsMount("10.76.0.29:/images", "22")
                    + "error Stale file handle\nend\n");
    Expect.fail(
        scene.judge("storage-answers"),
        "web1.img is stale on hostB: Stale file handle",
        "hostB: umount -f " + SHARED);
  }
}
