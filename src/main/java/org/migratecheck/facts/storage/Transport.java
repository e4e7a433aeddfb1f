package org.migratecheck.facts.storage;

/** How a block device's bytes travel. */
public enum Transport {
  /** Fibre Channel, also over Ethernet. */
  FIBRE_CHANNEL("Fibre Channel"),
  /** iSCSI. */
  ISCSI("iSCSI"),
  /** NVMe over TCP, Fibre Channel or RDMA. */
  NVME_FABRIC("NVMe over fabrics"),
  /** Serial attached SCSI: may lead to an enclosure that two hosts share. */
  SAS("SAS"),
  /** A Ceph block device that the kernel mapped. */
  RBD("RBD"),
  /** A device that the kernel replicates to another host. */
  DRBD("DRBD"),
  /** A network block device. */
  NBD("NBD"),
  /** A bus or memory of this host alone: SATA, USB, NVMe on PCI, virtio, loop, RAM. */
  LOCAL("local device");

  private final String label;

  Transport(String label) {
    this.label = label;
  }

  /** Returns its name for people. */
  public String label() {
    return label;
  }

  /** Returns whether it can lead to storage that other hosts reach, too. */
  public boolean networked() {
    return this != LOCAL;
  }
}
