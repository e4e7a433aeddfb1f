package org.migratecheck.check.storage;

import static org.migratecheck.check.storage.StorageScene.IMAGE;
import static org.migratecheck.check.storage.StorageScene.LIVE_XML;
import static org.migratecheck.check.storage.StorageScene.SHARED;

import org.junit.jupiter.api.Test;

/** Locks, users, caches, room: what else touches a guest's disks. */
final class DiskUseTest {
  private static final String OTHER = "4c4c4544-1000-4000-8000-0000000000ff";
  private static final String WEB1 = SHARED + "/web1.img";

  @Test
  void notLocked() {
    Expect.pass(
        StorageScene.healthy().judge("disk-locked"),
        "None of 1 images of web1 is locked by a process on hostB");
    // flock, and bytes that QEMU does not use, are in nobody's way.
    Expect.pass(locked("FLOCK  ADVISORY  WRITE 24513", "0 EOF").judge("disk-locked"), "None of 1");
    Expect.pass(locked("OFDLCK ADVISORY  READ -1", "100 100").judge("disk-locked"), "None of 1");
  }

  @Test
  void locked() {
    for (String bytes : new String[] {"201 201", "100 101", "200 203"}) {
      Expect.fail(
          locked("OFDLCK ADVISORY  READ -1", bytes).judge("disk-locked"),
          WEB1 + " (disk vda) is locked on hostB by a process that is not known");
    }
    Expect.fail(locked("POSIX  ADVISORY  WRITE 818", "0 EOF").judge("disk-locked"), "is locked");
  }

  @Test
  void openOnTheDestination() {
    Expect.fail(
        open("2", "qemu-nbd", "").judge("disk-locked"),
        WEB1 + " (disk vda) is open for writing on hostB: qemu-nbd (process 4711)");
    Expect.warn(open("0", "dd", "").judge("disk-locked"), "is open for reading on hostB: dd");
    // The guest itself, that arrives while it is looked.
    Expect.pass(open("2", "qemu-kvm", "web1").judge("disk-locked"), "None of 1 images");
  }

  @Test
  void locksThatAreNotKnownAreNoPass() {
    Expect.error(
        StorageScene.healthy().destination("qemu-storage/locks", "nonsense\nend\n").judge("disk-locked"),
        "hostB");
    Expect.error(
        StorageScene.healthy().cutDestination("open-files/list").judge("disk-locked"), "hostB");
  }

  @Test
  void theSameFileUnderAnotherName() {
    StorageScene scene = other("running (booted)");
    Expect.fail(
        scene.destination("other-disks/list", identity("/srv/alias.img")).judge("disk-in-use"),
        "of web1 is in use by copy on hostB");
    Expect.pass(
        other("running (booted)")
            .destination("other-disks/list", "1|2|0:0|/srv/alias.img\nend\n")
            .judge("disk-in-use"),
        "None of the 1 other active guests");
    Expect.error(
        other("running (booted)").cutDestination("other-disks/list").judge("disk-in-use"), "hostB");
  }

  @Test
  void anotherGuestThatWillStart() {
    Expect.warn(
        other("shut off (shutdown)")
            .destination("guests/autostart", OTHER + "\n")
            .destination("other-disks/list", identity("/srv/alias.img"))
            .judge("disk-in-use"),
        "is also a disk of copy on hostB, which starts with the host",
        "hostB: virsh -c qemu:///system autostart --disable copy");
  }

  @Test
  void caches() {
    Expect.pass(
        StorageScene.healthy().judge("disk-cache"),
        "Caches and interfaces of all 1 disks of web1 work on hostB");
    Expect.pass(cache(StorageScene.nfs(), "writeback").judge("disk-cache"), "work on hostB");
    Expect.warn(
        cache(StorageScene.healthy(), "unsafe").judge("disk-cache"),
        "Disk vda of web1 has cache=unsafe");
    Expect.fail(
        cache(StorageScene.nfs(), "unsafe").judge("disk-cache"),
        "whose hosts do not keep their caches alike");
  }

  @Test
  void oldQemuCannotDropItsCache() {
    StorageScene scene = cache(StorageScene.nfs(), "writeback");
    scene.source(
        "libvirt/version",
        "Compiled against library: libvirt 4.5.0\nUsing library: libvirt 4.5.0\nUsing API: QEMU"
            + " 4.5.0\nRunning hypervisor: QEMU 2.12.0\nRunning against daemon: 4.5.0\n");
    Expect.fail(scene.judge("disk-cache"), "QEMU on hostA is too old to drop its cache");
  }

  @Test
  void ioUring() {
    Expect.pass(uring("disabled 0\nkernel yes\nend\n").judge("disk-cache"), "work on hostB");
    Expect.pass(uring("end\n").judge("disk-cache"), "work on hostB");
    Expect.fail(
        uring("disabled 2\nkernel yes\nend\n").judge("disk-cache"),
        "is switched off on hostB",
        "hostB: echo 'kernel.io_uring_disabled = 0'");
    Expect.warn(uring("disabled 1\nend\n").judge("disk-cache"), "allowed on hostB to members");
    Expect.fail(uring("kernel no\nend\n").judge("disk-cache"), "The kernel of hostB has no io_uring");
    Expect.error(uring("kernel\nend\n").judge("disk-cache"), "hostB");
  }

  @Test
  void pastThePageCache() {
    StorageScene scene =
        StorageScene.healthy().imageLine(true, "direct", "yes").imageLine(false, "direct", "no");
    Expect.fail(scene.judge("disk-cache"), "cannot be read past the page cache on hostB");
  }

  @Test
  void room() {
    Expect.pass(space("900 1000 1048576").judge("disk-space"), "All 1 file systems of web1 have room");
    Expect.pass(space("90000 10000000 1048576").judge("disk-space"), "have room");
    Expect.warn(
        space("10 1000 1048576").judge("disk-space"), "is nearly full: 10 of 1000 MiB are free");
    Expect.warn(space("0 1000 1048576").judge("disk-space"), "web1, is full");
    Expect.pass(space("0 0 4096").judge("disk-space"), "have room");
  }

  private static StorageScene space(String numbers) {
    return StorageScene.healthy().imageLine(false, "space", numbers);
  }

  private static StorageScene cache(StorageScene scene, String mode) {
    return scene.editSource(LIVE_XML, "cache='none'", "cache='" + mode + "'");
  }

  private static StorageScene uring(String kernel) {
    return StorageScene.healthy()
        .editSource(LIVE_XML, "cache='none'", "cache='none' io='io_uring'")
        .destination("qemu-storage/io-uring", kernel);
  }

  private static StorageScene open(String mode, String command, String guest) {
    return StorageScene.healthy()
        .destination(
            "open-files/list",
            "open 4711 " + mode + " " + WEB1 + "\nby " + command + "\nguest " + guest + "\nend\n");
  }

  /** A lock on web1's image as the kernel lists it; the scene's file system has the number 0:335. */
  private static StorageScene locked(String kind, String bytes) {
    return StorageScene.healthy()
        .destination(
            "qemu-storage/locks",
            "1: FLOCK  ADVISORY  WRITE 24513 fe:00:5357652 0 EOF\n12: "
                + kind
                + " "
                + device()
                + " "
                + bytes
                + "\nend\n");
  }

  private static String[] stat() {
    return StorageScene.healthy().text(IMAGE).replaceFirst("(?s).*\nstat ", "").split("\\|");
  }

  private static String device() {
    long packed = Long.parseLong(stat()[6]);
    return String.format(
        "%02x:%02x:%s", (packed >> 8) & 0xfff, (packed & 0xff) | ((packed >> 12) & 0xffffff00L), stat()[1]);
  }

  private static String identity(String path) {
    return stat()[6] + "|" + stat()[1] + "|0:0|" + path + "\nend\n";
  }

  private static StorageScene other(String state) {
    return StorageScene.healthy()
        .destination("guests/list", OTHER + "\n")
        .destination("guests/persistent", OTHER + "\n")
        .destination("guests/state." + OTHER, state + "\n")
        .destination(
            "guests/xml." + OTHER,
            "<domain type='kvm'><name>copy</name><uuid>"
                + OTHER
                + "</uuid><devices><disk type='file' device='disk'><source file='/srv/alias.img'/>"
                + "<target dev='vda'/></disk></devices></domain>\n");
  }
}
