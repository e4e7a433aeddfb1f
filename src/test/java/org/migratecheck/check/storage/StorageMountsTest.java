package org.migratecheck.check.storage;

import static org.migratecheck.check.storage.StorageScene.IMAGE;
import static org.migratecheck.check.storage.StorageScene.SHARED;

import org.junit.jupiter.api.Test;

/** Mounts, their options, and libvirt's storage pools. */
final class StorageMountsTest {
  private static final String UUID = "1f0e2d3c-4b5a-4968-8776-655443322110";

  @Test
  void sameMounts() {
    Expect.pass(
        StorageScene.healthy().judge("storage-mounts"),
        "All 1 shared file systems of hostA are mounted at the same places on hostB");
    Expect.pass(StorageScene.nfs().judge("storage-mounts"), "All 1 shared file systems");
  }

  @Test
  void mountMissing() {
    Expect.warn(
        StorageScene.recorded().judge("storage-mounts"),
        "store.lab:/vol0 (glusterfs) is mounted at " + SHARED + " on hostA, not on hostB",
        "hostB: mountpoint -q " + SHARED);
  }

  @Test
  void anotherExportMounted() {
    Expect.warn(
        StorageScene.nfs()
            .editDestination("mounts/mountinfo", "10.76.0.29:/images", "10.76.0.29:/other")
            .judge("storage-mounts"),
        "hostA has 10.76.0.29:/images mounted and hostB has 10.76.0.29:/other (nfs4)",
        "hostB: umount " + SHARED + " && mount -t nfs4 -o rw,vers=4.2,hard");
  }

  @Test
  void noSharedMounts() {
    Expect.skipped(
        StorageScene.recorded()
            .source("mounts/mountinfo", StorageScene.ROOT_MOUNT + "end\n")
            .judge("storage-mounts"),
        "hostA has no shared file system mounted");
  }

  @Test
  void cutMountsAreNoPass() {
    Expect.error(
        StorageScene.healthy().cutDestination("mounts/mountinfo").judge("storage-mounts"), "hostB");
    Expect.error(
        StorageScene.healthy()
            .source("mounts/mountinfo", StorageScene.ROOT_MOUNT)
            .judge("storage-mounts"),
        "not whole");
  }

  @Test
  void soundOptions() {
    Expect.pass(
        StorageScene.nfs().judge("storage-mount-options"),
        "The 1 images of web1 are on file systems with the same sound options");
    Expect.pass(StorageScene.healthy().judge("storage-mount-options"), "sound options");
  }

  @Test
  void readOnlyOnTheDestination() {
    Expect.fail(
        StorageScene.nfs()
            .editDestination(IMAGE, SHARED + " rw,relatime", SHARED + " ro,relatime")
            .judge("storage-mount-options"),
        SHARED + " is mounted read-only on hostB (vda: " + SHARED + "/web1.img)",
        "hostB: mount -o remount,rw " + SHARED);
  }

  @Test
  void doubtfulOptions() {
    Expect.warn(
        StorageScene.nfs()
            .editDestination(IMAGE, ",hard,", ",soft,")
            .judge("storage-mount-options"),
        SHARED + " is a soft mount on hostB");
    Expect.warn(
        StorageScene.nfs()
            .editBoth(IMAGE, "local_lock=none", "local_lock=all")
            .judge("storage-mount-options"),
        "without locks that the other host sees");
    Expect.warn(
        StorageScene.nfs()
            .editDestination(IMAGE, "vers=4.2", "vers=4.1")
            .judge("storage-mount-options"),
        "Option vers of " + SHARED + " differs: 4.2 on hostA, 4.1 on hostB");
  }

  @Test
  void noOptionsToCompare() {
    Expect.skipped(
        StorageScene.healthy().localDisk().judge("storage-mount-options"),
        "web1 has no image on a shared file system that both hosts have mounted");
    Expect.error(StorageScene.nfs().cutDestination(IMAGE).judge("storage-mount-options"), "hostB");
  }

  @Test
  void samePools() {
    Expect.pass(
        pool(
                pool(StorageScene.healthy(), true, SHARED, "running", "yes"),
                false,
                SHARED,
                "running",
                "yes")
            .judge("storage-pools"),
        "All 1 active storage pools of hostA are active on hostB with the same definition");
  }

  @Test
  void sharedPoolMissing() {
    Expect.fail(
        pool(StorageScene.healthy(), true, SHARED, "running", "yes").judge("storage-pools"),
        "Storage pool images (dir) is not defined on hostB",
        "virsh -c qemu:///system pool-define /proc/self/fd/0"
            + " && virsh -c qemu:///system pool-start images");
  }

  @Test
  void sharedPoolInactive() {
    StorageScene scene = pool(StorageScene.healthy(), true, SHARED, "running", "yes");
    Expect.fail(
        pool(scene, false, SHARED, "inactive", "yes").judge("storage-pools"),
        "Storage pool images (dir) is not active on hostB",
        "hostB: virsh -c qemu:///system pool-start images");
  }

  @Test
  void sharedPoolDiffers() {
    StorageScene scene = pool(StorageScene.healthy(), true, SHARED, "running", "yes");
    Expect.fail(
        pool(scene, false, "/srv/images", "running", "yes").judge("storage-pools"),
        "Storage pool images is defined differently on hostB",
        "hostB: virsh -c qemu:///system pool-destroy images");
  }

  @Test
  void poolsThatOnlyWarn() {
    Expect.warn(
        pool(StorageScene.healthy(), true, "/var/lib/libvirt/images", "running", "yes")
            .judge("storage-pools"),
        "Storage pool images (dir) is not defined on hostB");
    StorageScene scene = pool(StorageScene.healthy(), true, SHARED, "running", "yes");
    Expect.warn(
        pool(scene, false, SHARED, "running", "no").judge("storage-pools"),
        "Storage pool images does not start with hostB",
        "hostB: virsh -c qemu:///system pool-autostart images");
  }

  @Test
  void noPools() {
    Expect.skipped(
        StorageScene.healthy().judge("storage-pools"), "hostA has no active storage pool");
    Expect.error(
        pool(StorageScene.healthy(), true, SHARED, "running", "yes")
            .cutSource("pools/details")
            .judge("storage-pools"),
        "hostA");
    Expect.error(
        StorageScene.healthy().source("pools/names", UUID + "\n").judge("storage-pools"),
        "a storage pool was listed but not described");
  }

  private static StorageScene pool(
      StorageScene scene, boolean here, String target, String state, String autostart) {
    String details =
        """
        Name:           images
        UUID:           %s
        State:          %s
        Persistent:     yes
        Autostart:      %s
        Capacity:       39.93 GiB

        <pool type='dir'>
          <name>images</name>
          <uuid>%s</uuid>
          <capacity unit='bytes'>42875219968</capacity>
          <source>
          </source>
          <target>
            <path>%s</path>
            <permissions>
              <mode>0711</mode>
            </permissions>
          </target>
        </pool>

        end
        """
            .formatted(UUID, state, autostart, UUID, target);
    return here
        ? scene.source("pools/names", UUID + "\n").source("pools/details", details)
        : scene.destination("pools/names", UUID + "\n").destination("pools/details", details);
  }

  @Test
  void oneHostServesTheOther() {
    Expect.warn(
        served("10.77.0.12").judge("same-storage"), "One host serves " + StorageScene.SHARED);
    // Another host's server, and by chance the same inode.
    Expect.fail(served("10.77.0.19").judge("same-storage"), "is another file on hostB", "hostB: ");
  }

  /** hostA mounts from an address what hostB has on its root file system. */
  private static StorageScene served(String address) {
    StorageScene scene = StorageScene.nfs();
    String here = scene.text(StorageScene.IMAGE);
    scene.editSource(StorageScene.IMAGE, "addr=10.76.0.29", "addr=" + address);
    return scene.destination(
        StorageScene.IMAGE,
        here.replaceAll("(?m)^mount .*\n", "")
            .replaceAll("(?m)^nfs .*\n", "")
            .replaceFirst("(?m)^stat ", "mount " + StorageScene.ROOT_MOUNT + "stat "));
  }
}
