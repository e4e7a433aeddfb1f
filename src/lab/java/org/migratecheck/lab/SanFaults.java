package org.migratecheck.lab;

import static org.migratecheck.lab.Attachment.BY_PATH;
import static org.migratecheck.lab.Outcome.damages;
import static org.migratecheck.lab.Outcome.notLookedAt;
import static org.migratecheck.lab.Outcome.refused;
import static org.migratecheck.lab.Requirement.STORAGE;

import java.util.List;

/** What goes wrong with LUNs of an iSCSI target, with the kernel's initiator and dm-multipath. */
final class SanFaults {
  private static final String RESCAN = "iscsiadm -m session --rescan >/dev/null && udevadm settle";
  private static final String FORGET =
      "d=$(readlink -f "
          + BY_PATH
          + ") && echo 1 >/sys/block/${d##*/}/device/delete; udevadm settle";
  private static final String BINDINGS = "/etc/multipath/bindings";
  private static final String REMAP =
      "multipath -F; systemctl restart multipathd; "
          + "timeout 20 sh -c 'until [ -e /dev/mapper/mpatha ] || ls /dev/mapper/36* >/dev/null 2>&1; do sleep 0.2; done'";

  private SanFaults() {}

  /** Faults of a disk by its path. */
  static List<Fault> iscsi(UmlLab uml) {
    return List.of(
        there(uml, "iscsi-no-session", "iscsiadm -m node --logout >/dev/null; udevadm settle")
            .found("storage-iscsi", "shared-path-exists")
            .really(refused("Cannot access storage file '" + BY_PATH + "'")),
        Fault.of(
                "iscsi-lun-not-mapped",
                STORAGE,
                lab -> {
                  uml.san("unmap", uml.destination(), "1");
                  uml.there(FORGET);
                })
            .found("storage-iscsi", "shared-path-exists")
            .really(refused("Cannot access storage file '" + BY_PATH + "'"))
            .mendedBy(lab -> uml.san("map", uml.destination(), "1", "vm")),
        Fault.of("iscsi-other-lun", STORAGE, lab -> remap(uml, "other"))
            .found("same-storage", "storage-iscsi")
            .really(
                damages(
                    "the guest writes another LUN",
                    lab -> uml.ticks(UmlLab.SAN, "/srv/backing/other.lun")))
            .mendedBy(
                lab -> {
                  remap(uml, "vm");
                }),
        Fault.of(
                "iscsi-write-protected",
                STORAGE,
                lab -> {
                  uml.san("protect", uml.destination(), "1", "1");
                  uml.there(RESCAN);
                })
            .found("block-devices-equal", "disk-access")
            .really(refused("Could not open"))
            .mendedBy(lab -> uml.san("protect", uml.destination(), "1", "0")),
        Fault.of(
                "iscsi-grown-not-rescanned",
                STORAGE,
                lab -> {
                  uml.san("grow", "vm", "96");
                  uml.here(RESCAN);
                })
            .found("block-devices-equal")
            .really(notLookedAt()),
        Fault.of(
                "iscsi-same-initiator-next",
                STORAGE,
                lab ->
                    uml.there(
                        "echo InitiatorName=iqn.1994-05.com.redhat:%s >/etc/iscsi/initiatorname.iscsi"
                            .formatted(uml.source().toLowerCase(java.util.Locale.ROOT))))
            .found("iscsi-initiator-unique")
            .warned()
            .really(notLookedAt()));
  }

  /** Faults of a disk by its multipath map. */
  static List<Fault> multipath(UmlLab uml) {
    return List.of(
        there(
                uml,
                "multipath-one-path",
                "iscsiadm -m node -p 10.76.0.29 --logout >/dev/null; udevadm settle")
            .found("multipath-paths", "storage-iscsi")
            .warned()
            .really(notLookedAt())
            .mendedBy(
                lab ->
                    uml.there(
                        "iscsiadm -m node -p 10.76.0.29 --login >/dev/null; udevadm settle; sleep 2")),
        there(
                uml,
                "multipath-names-swapped",
                "sed -i -e 's/^mpatha /mpathX /' -e 's/^mpathb /mpatha /' -e 's/^mpathX /mpathb /' "
                    + BINDINGS
                    + "; "
                    + REMAP)
            .found("block-devices-equal", "same-storage")
            .really(
                damages(
                    "the guest writes another LUN",
                    lab -> uml.ticks(UmlLab.SAN, "/srv/backing/gfs2.lun"))),
        there(
                uml,
                "multipath-names-by-wwid",
                "sed -i 's/user_friendly_names yes/user_friendly_names no/' /etc/multipath.conf; "
                    + REMAP)
            .found("block-devices-equal", "shared-path-exists")
            .really(refused("Cannot access storage file '/dev/mapper/mpatha'")),
        there(
                uml,
                "multipath-daemon-off-no-map",
                "systemctl stop multipathd; multipath -F; udevadm settle")
            .found("block-devices-equal", "shared-path-exists")
            .really(refused("Cannot access storage file '/dev/mapper/mpatha'")));
  }

  /** Shows another disk to the destination under the same LUN. */
  private static void remap(UmlLab uml, String disk) {
    uml.there("iscsiadm -m node --logout >/dev/null; udevadm settle");
    uml.san("unmap", uml.destination(), "1");
    uml.san("map", uml.destination(), "1", disk);
    uml.there("iscsiadm -m node --login >/dev/null; udevadm settle; [ -e " + BY_PATH + " ]");
  }

  private static Fault there(UmlLab uml, String id, String shell) {
    return Fault.of(id, STORAGE, lab -> uml.there(shell));
  }
}
