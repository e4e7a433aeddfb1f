package org.migratecheck.lab;

import java.util.List;

/** What both hosts of a {@link UmlLab} share, and a guest that lives on it. */
enum Attachment {
  /** NFS 3 without locks. */
  NFS3("nfs3", "--ticker", "--disk", Attachment.SHARED + "/guest.img"),
  /** NFS 4.2, whose server hands QEMU's image locks from host to host. */
  NFS4("nfs4", "--ticker", "--disk", Attachment.SHARED + "/guest.img"),
  /** The kernel's iSCSI initiator, one portal, a disk by its path. */
  ISCSI("iscsi", "--ticker", "--disk", Attachment.BY_PATH),
  /** iSCSI through two portals, and their multipath map. */
  MULTIPATH("multipath", "--ticker", "--disk", "/dev/mapper/mpatha"),
  /** A cluster file system with the cluster's locks on a multipath map. */
  GFS2("gfs2", "--ticker", "--disk", "/gfs2/guest.img"),
  /** A bridge on a VLAN on a bond. */
  VLAN("vlan", "--no-disk", "--bridge", "br100");

  /** Where NFS is mounted. */
  static final String SHARED = "/var/lib/libvirt/images/shared";

  /** The name of the disk by its path. */
  static final String BY_PATH =
      "/dev/disk/by-path/ip-10.77.0.29:3260-iscsi-iqn.2026-01.lab.san:store-lun-1";

  private final String verb;
  private final List<String> guestOptions;

  Attachment(String verb, String... guestOptions) {
    this.verb = verb;
    this.guestOptions = List.of(guestOptions);
  }

  /** Returns what {@code uml client} calls it. */
  String verb() {
    return verb;
  }

  /** Returns how the guest is made, as for {@code lab guest}. */
  List<String> guestOptions() {
    return guestOptions;
  }
}
