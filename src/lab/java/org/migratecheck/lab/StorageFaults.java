package org.migratecheck.lab;

import static org.migratecheck.lab.Lab.A;
import static org.migratecheck.lab.Lab.B;
import static org.migratecheck.lab.Lab.SHARED;
import static org.migratecheck.lab.Outcome.damages;
import static org.migratecheck.lab.Outcome.notLookedAt;
import static org.migratecheck.lab.Outcome.refused;
import static org.migratecheck.lab.Requirement.STORAGE;

import java.util.List;

/** The guest's storage is not the same, at the same place, on both hosts. */
final class StorageFaults {
  private static final String UNMOUNT = "umount " + SHARED;
  private static final String LOCAL = "/var/lib/libvirt/images/local.img";

  private StorageFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.of("share-not-mounted", STORAGE, B, UNMOUNT)
            .found("same-storage", "shared-path-exists", "disk-on-shared-storage")
            .really(refused("Cannot access storage file '" + SHARED + "/guest.img'")),
        Fault.of(
                "share-mounted-elsewhere",
                STORAGE,
                B,
                UNMOUNT
                    + " && mkdir -p /mnt/images && mount -t glusterfs store.lab:/vol0 /mnt/images")
            .found("same-storage", "shared-path-exists", "disk-on-shared-storage")
            .really(refused("Cannot access storage file '" + SHARED + "/guest.img'")),
        Fault.of(
                "share-read-only",
                STORAGE,
                B,
                UNMOUNT + " && mount -t glusterfs -o ro store.lab:/vol0 " + SHARED)
            .found("disk-access", "storage-mount-options")
            .really(refused("Read-only file system")),
        Fault.of(
                "same-path-local-copy",
                STORAGE,
                B,
                UNMOUNT + " && truncate -s 16M " + SHARED + "/guest.img")
            .found("same-storage", "shared-path-exists", "disk-on-shared-storage")
            .really(
                damages(
                    "the guest writes a private copy",
                    lab -> ticks(lab, B, SHARED + "/guest.img"))),
        Fault.of(
                "same-path-other-volume",
                STORAGE,
                lab -> {
                  lab.must(
                      Lab.STORE,
                      "gluster volume info vol1 >/dev/null 2>&1 || { gluster --mode=script volume create vol1"
                          + " store.lab:/srv/brick/vol1 force && gluster volume start vol1; }");
                  lab.must(
                      B,
                      UNMOUNT
                          + " && mount -t glusterfs store.lab:/vol1 "
                          + SHARED
                          + " && truncate -s 16M "
                          + SHARED
                          + "/guest.img");
                })
            .found("same-storage", "shared-path-exists", "disk-on-shared-storage")
            .really(
                damages(
                    "the guest writes another volume",
                    lab -> ticks(lab, Lab.STORE, "/srv/brick/vol1/guest.img"))),
        Fault.of("image-hidden", STORAGE, B, "mount -t tmpfs tmpfs " + SHARED + "/web")
            .prepare(lab -> lab.must(A, "mkdir " + SHARED + "/web"))
            .guest("--disk", SHARED + "/web/guest.img")
            .found("same-storage", "shared-path-exists", "disk-on-shared-storage")
            .really(refused("Cannot access storage file")),
        Fault.of("disk-is-local", STORAGE, lab -> {})
            .guest("--disk", LOCAL)
            .found("same-storage", "shared-path-exists", "disk-on-shared-storage")
            .really(refused("Migration without shared storage is unsafe")),
        Fault.of("disk-is-local-copied", STORAGE, B, "truncate -s 16M " + LOCAL)
            .guest("--disk", LOCAL)
            .found("same-storage", "shared-path-exists", "disk-on-shared-storage")
            .really(refused("Migration without shared storage is unsafe")),
        Fault.of("backing-file-is-local", STORAGE, lab -> {})
            .prepare(
                lab ->
                    lab.must(
                        A,
                        "qemu-img create -q -f raw /var/lib/libvirt/images/base.img 16M && qemu-img create -q -f qcow2 -b /var/lib/libvirt/images/base.img -F raw "
                            + SHARED
                            + "/guest.qcow2"))
            .guest("--disk", SHARED + "/guest.qcow2", "--format", "qcow2")
            .found("same-storage", "shared-path-exists", "disk-on-shared-storage")
            .really(refused("Cannot access backing file '/var/lib/libvirt/images/base.img'")),
        Fault.of(
                "pool-missing", STORAGE, B, "virsh pool-destroy shared; virsh pool-undefine shared")
            .onBoth(pool())
            .found("storage-pools")
            .really(notLookedAt()),
        Fault.of("pool-inactive", STORAGE, B, "virsh pool-destroy shared")
            .onBoth(pool())
            .found("storage-pools")
            .really(notLookedAt()));
  }

  /** Returns whether a guest has written to an image. */
  private static boolean ticks(Lab lab, String host, String image) {
    return lab.on(host, "head -c 4 " + image + " | grep -q tick").ok();
  }

  private static String pool() {
    return "virsh -q pool-define-as shared dir --target "
        + SHARED
        + " && virsh -q pool-start shared && virsh -q pool-autostart shared";
  }
}
