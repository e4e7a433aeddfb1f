package org.migratecheck.check.storage;

import static org.migratecheck.check.storage.StorageScene.GUEST;
import static org.migratecheck.check.storage.StorageScene.LIVE_XML;
import static org.migratecheck.check.storage.StorageScene.SHARED;

import org.junit.jupiter.api.Test;

/** Disks that cannot be moved by their kind, and disks that another guest uses. */
final class DiskKindTest {
  private static final String OTHER = "4c4c4544-1000-4000-8000-0000000000ff";

  @Test
  void migratable() {
    Expect.pass(
        StorageScene.healthy().judge("disk-migratable"), "All 1 disks of web1 can be moved");
  }

  @Test
  void formatThatBlocks() {
    Expect.fail(
        StorageScene.healthy()
            .editSource(LIVE_XML, "type='raw' cache", "type='vmdk' cache")
            .judge("disk-migratable"),
        "Disk vda of web1 has the format vmdk");
  }

  @Test
  void kindsThatBlock() {
    Expect.fail(
        StorageScene.healthy()
            .disk(
                "<disk type='nvme' device='disk'><driver name='qemu' type='raw'/>"
                    + "<source type='pci' managed='yes' namespace='1'/><target dev='vda'/></disk>")
            .judge("disk-migratable"),
        "Disk vda of web1 is of type nvme: hardware of hostA alone");
    Expect.fail(
        StorageScene.healthy()
            .disk(
                "<disk type='dir' device='disk'><driver name='qemu' type='fat'/>"
                    + "<source dir='/srv/fat'/><target dev='vda'/></disk>")
            .judge("disk-migratable"),
        "Disk vda of web1 is a writable directory");
  }

  @Test
  void kindsThatWarn() {
    Expect.warn(
        StorageScene.healthy()
            .editSource(LIVE_XML, "<backingStore/>", "<backingStore/><shareable/>")
            .judge("disk-migratable"),
        "Disk vda of web1 is shared with other guests");
    Expect.warn(
        StorageScene.healthy()
            .editSource(LIVE_XML, "type='file' device='disk'", "type='file' device='lun'")
            .judge("disk-migratable"),
        "persistent reservations are bound to hostA's path");
  }

  @Test
  void noDisk() {
    Expect.skipped(StorageScene.healthy().disk("").judge("disk-migratable"), "web1 has no disk");
    Expect.skipped(StorageScene.healthy().disk("").judge("disk-in-use"), "web1 has no disk");
  }

  @Test
  void notInUse() {
    Expect.pass(
        StorageScene.healthy().judge("disk-in-use"),
        "None of the 0 other active guests on hostB uses a disk of web1");
    Expect.pass(
        other("other.img", "running (booted)").judge("disk-in-use"), "None of the 1 other active");
    Expect.pass(
        other("web1.img", "shut off (shutdown)").judge("disk-in-use"),
        "None of the 0 other active");
  }

  @Test
  void inUse() {
    Expect.fail(
        other("web1.img", "running (booted)").judge("disk-in-use"),
        "vda " + SHARED + "/web1.img of web1 is in use by copy on hostB");
  }

  @Test
  void sharedOnPurpose() {
    Expect.skipped(
        other("web1.img", "running (booted)")
            .editSource(LIVE_XML, "<backingStore/>", "<backingStore/><shareable/>")
            .judge("disk-in-use"),
        "web1 has no disk of its own to write to");
  }

  @Test
  void guestsThatAreNotKnownAreNoPass() {
    Expect.error(
        other("web1.img", "running (booted)")
            .cutDestination("guests/xml." + OTHER)
            .judge("disk-in-use"),
        "hostB");
    Expect.error(
        StorageScene.healthy().cutDestination("guests/list").judge("disk-in-use"), "hostB");
  }

  /** Adds a guest to the destination. */
  private static StorageScene other(String image, String state) {
    return StorageScene.healthy()
        .destination("guests/list", OTHER + "\n")
        .destination("guests/persistent", OTHER + "\n")
        .destination("guests/state." + OTHER, state + "\n")
        .destination(
            "guests/xml." + OTHER,
            "<domain type='kvm'><name>copy</name><uuid>"
                + OTHER
                + "</uuid><memory unit='KiB'>1024</memory><os><type arch='x86_64'>hvm</type></os>"
                + "<devices><disk type='file' device='disk'><source file='"
                + SHARED
                + "/"
                + image
                + "'/><target dev='vda'/></disk></devices></domain>\n");
  }

  @Test
  void theGuestItselfIsNoOther() {
    StorageScene scene = other("web1.img", "running (booted)");
    Expect.pass(
        scene
            .destination("guests/list", GUEST + "\n")
            .destination("guests/persistent", GUEST + "\n")
            .destination("guests/state." + GUEST, "paused (migrating)\n")
            .destination(
                "guests/xml." + GUEST,
                "<domain type='kvm'><name>web1</name><uuid>"
                    + GUEST
                    + "</uuid><devices><disk type='file' device='disk'><source file='"
                    + SHARED
                    + "/web1.img'/><target dev='vda'/></disk></devices></domain>\n")
            .judge("disk-in-use"),
        "None of the 0 other active guests");
  }
}
