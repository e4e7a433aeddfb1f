package org.migratecheck.check.storage;

import static org.migratecheck.check.storage.StorageScene.IMAGE;
import static org.migratecheck.check.storage.StorageScene.SHARED;

import org.junit.jupiter.api.Test;

/** Whether QEMU on the destination may use the images. */
final class StorageAccessTest {
  private static final String SELINUX_MODEL = "<model>selinux</model>";
  private static final String NO_MODEL = "<model>none</model>";

  @Test
  void accessAllowed() {
    Expect.pass(
        StorageScene.healthy().judge("disk-access"),
        "QEMU (107:107) on hostB may use all 3 paths of web1");
  }

  @Test
  void fileSystemMountedReadOnly() {
    Expect.fail(
        StorageScene.healthy()
            .editDestination(IMAGE, SHARED + " rw,relatime", SHARED + " ro,relatime")
            .judge("disk-access"),
        "web1.img is on a file system that hostB has mounted read-only (" + SHARED + ")",
        "hostB: mount -o remount,rw " + SHARED);
  }

  @Test
  void rootIsNobodyOnTheServer() {
    Expect.fail(
        StorageScene.nfs()
            .editDestination(IMAGE, "root erw\nqemu erw", "root er\nqemu er")
            .editDestination(IMAGE, "|107|107|644|", "|0|0|644|")
            .judge("disk-access"),
        "QEMU (107:107) on hostB may not use " + SHARED + "/web1.img, which belongs to 0:0");
  }

  @Test
  void kernelsBelongToQemuBeforeItStarts() {
    Expect.pass(
        StorageScene.healthy()
            .editDestination("paths/1", "root erw\nqemu er\n", "root erw\nqemu e\n")
            .editDestination("paths/1", "|0|0|644|", "|0|0|600|")
            .judge("disk-access"),
        "may use all 3 paths");
  }

  @Test
  void exportedReadOnly() {
    Expect.fail(
        StorageScene.nfs()
            .editDestination(IMAGE, "root erw\nqemu erw", "root er\nqemu er")
            .judge("disk-access"),
        "does not let QEMU (107:107) on hostB write " + SHARED + "/web1.img, though it belongs to");
  }

  @Test
  void notExportedReadOnlyWhereTheModeForbids() {
    Expect.fail(
        StorageScene.nfs()
            .editDestination(IMAGE, "root erw\nqemu erw", "root er\nqemu er")
            .editDestination(IMAGE, "|107|107|644|", "|107|107|444|")
            .judge("disk-access"),
        "QEMU (107:107) on hostB may not use " + SHARED + "/web1.img");
  }

  @Test
  void realRootGivesTheFileToQemu() {
    Expect.pass(
        StorageScene.nfs()
            .editDestination(IMAGE, "qemu erw", "qemu er")
            .editDestination(IMAGE, "|107|107|644|", "|0|0|644|")
            .judge("disk-access"),
        "may use all 3 paths");
  }

  @Test
  void directoryIsClosed() {
    Expect.fail(
        StorageScene.healthy().editDestination(IMAGE, "qemu erw", "qemu ").judge("disk-access"),
        "cannot reach " + SHARED + "/web1.img",
        "hostB: d=" + SHARED);
  }

  @Test
  void accessThatWasNotTriedIsNoPass() {
    Expect.error(
        StorageScene.healthy().editDestination(IMAGE, "qemu erw\n", "").judge("disk-access"),
        "could not try what user 107:107 may do");
    Expect.error(
        StorageScene.healthy().cutDestination("qemu-access/security").judge("disk-access"),
        "hostB");
  }

  @Test
  void sameUser() {
    Expect.pass(
        StorageScene.healthy().judge("qemu-user-equal"), "QEMU runs as user 107 on both hosts");
  }

  @Test
  void anotherUser() {
    StorageScene scene =
        StorageScene.healthy().editDestination("qemu-access/security", "+107:+107", "+64055:+108");
    Expect.warn(
        scene.judge("qemu-user-equal"),
        "QEMU runs as user 107 on hostA and as user 64055 on hostB");
    Expect.warn(scene.judge("disk-access"), "web1.img will belong to 64055:108 after the move");
    Expect.error(
        StorageScene.healthy().cutDestination("qemu-access/security").judge("qemu-user-equal"),
        "hostB");
  }

  @Test
  void sameLockManager() {
    Expect.pass(
        StorageScene.healthy().judge("lock-manager-equal"), "Both hosts use the lock manager nop");
  }

  @Test
  void anotherLockManager() {
    Expect.warn(
        StorageScene.healthy()
            .editDestination(
                "qemu-access/configuration", "end\n", "lock_manager = \"lockd\"\nend\n")
            .judge("lock-manager-equal"),
        "hostA uses the lock manager nop, hostB uses lockd");
    Expect.fail(
        StorageScene.healthy()
            .editDestination(
                "qemu-access/configuration", "end\n", "lock_manager = \"sanlock\"\nend\n")
            .judge("lock-manager-equal"),
        "hostA uses the lock manager nop, hostB uses sanlock");
    Expect.error(
        StorageScene.healthy().cutSource("qemu-access/configuration").judge("lock-manager-equal"),
        "hostA");
  }

  @Test
  void selinuxAllowsTheFileSystem() {
    Expect.pass(
        enforcing(StorageScene.nfs(), "booleans/virt_use_nfs=1").judge("storage-selinux"),
        "SELinux on hostB allows QEMU the file systems of all 1 images of web1");
    Expect.pass(
        enforcing(StorageScene.healthy(), "booleans/virt_use_fusefs=1").judge("storage-selinux"),
        "SELinux on hostB allows");
  }

  @Test
  void selinuxForbidsTheFileSystem() {
    Expect.fail(
        enforcing(StorageScene.nfs(), "booleans/virt_use_nfs=0").judge("storage-selinux"),
        "SELinux boolean virt_use_nfs is off on hostB, but " + SHARED + "/web1.img is on nfs4",
        "hostB: setsebool -P virt_use_nfs on");
    Expect.fail(
        enforcing(StorageScene.healthy(), "booleans/virt_use_fusefs=0").judge("storage-selinux"),
        "SELinux boolean virt_use_fusefs is off on hostB",
        "hostB: setsebool -P virt_use_fusefs on");
  }

  @Test
  void selinuxDoesNotMatter() {
    Expect.skipped(
        StorageScene.nfs().judge("storage-selinux"), "SELinux does not confine QEMU on hostB");
    Expect.skipped(
        enforcing(StorageScene.gfs2(), "booleans/virt_use_nfs=0").judge("storage-selinux"),
        "web1 has no image on a file system that needs an SELinux boolean");
    Expect.error(
        enforcing(StorageScene.nfs(), "booleans/virt_use_nfs=0")
            .cutDestination("qemu-access/selinux")
            .judge("storage-selinux"),
        "hostB");
  }

  private static StorageScene enforcing(StorageScene scene, String value) {
    return scene
        .editDestination("qemu-access/security", NO_MODEL, SELINUX_MODEL)
        .destination("qemu-access/selinux", "enforce=1\n" + value + "\nend\n");
  }
}
