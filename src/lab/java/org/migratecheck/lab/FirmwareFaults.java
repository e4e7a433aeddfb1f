package org.migratecheck.lab;

import static org.migratecheck.lab.Lab.B;
import static org.migratecheck.lab.Outcome.notLookedAt;
import static org.migratecheck.lab.Outcome.refused;
import static org.migratecheck.lab.Requirement.GUEST;

import java.util.List;

/** Firmware, kernels and ROMs of the guest are others on the destination. */
final class FirmwareFaults {
  private static final String CODE = "/usr/share/OVMF/OVMF_CODE_4M.fd";
  private static final String VARS = "/usr/share/OVMF/OVMF_VARS_4M.fd";
  private static final String ROM = "/usr/lib/ipxe/qemu/efi-virtio.rom";
  private static final String BIOS = "/usr/share/seabios/bios-256k.bin";

  private FirmwareFaults() {}

  static List<Fault> all() {
    return List.of(
        uefi("uefi-missing", "mv " + CODE + " /root/kept")
            .found("guest-firmware", "shared-path-exists")
            .really(refused("No such file or directory"))
            .mendedBy(lab -> lab.must(B, "mv /root/kept " + CODE)),
        uefi(
                "uefi-other-size",
                "mv " + CODE + " /root/kept; cp /usr/share/OVMF/OVMF_CODE.fd " + CODE)
            .found("guest-firmware")
            .really(refused("failed"))
            .mendedBy(lab -> lab.must(B, "mv /root/kept " + CODE)),
        uefi("uefi-unreadable", "chmod 0600 " + CODE)
            .found("disk-access")
            .really(refused("Permission denied"))
            .mendedBy(lab -> lab.must(B, "chmod 0644 " + CODE)),
        uefi("nvram-template-missing", "mv " + VARS + " /root/kept")
            .found("guest-firmware")
            .really(refused("Failed to open file"))
            .mendedBy(lab -> lab.must(B, "mv /root/kept " + VARS)),
        uefi("nvram-directory-missing", "rmdir /srv/nvram")
            .found("guest-firmware")
            .really(refused("No such file or directory")),
        uefi("nvram-directory-closed", "chmod 0700 /srv/nvram")
            .found("guest-firmware")
            .really(refused("Permission denied")),
        uefi("nvram-old-file", "head -c 131072 /dev/zero >/srv/nvram/guest.fd")
            .found("guest-firmware")
            .really(refused("failed"))
            .mendedBy(lab -> {}),
        Fault.of(
                "kernel-of-host-missing", GUEST, B, "mv /var/lib/libvirt/boot/initrd.gz /root/kept")
            .guest("--linux")
            .found("shared-path-exists")
            .really(refused("No such file or directory"))
            .mendedBy(lab -> lab.must(B, "mv /root/kept /var/lib/libvirt/boot/initrd.gz")),
        Fault.of("kernel-of-host-differs", GUEST, B, "echo other >>/var/lib/libvirt/boot/initrd.gz")
            .guest("--linux")
            .found("guest-boot-files")
            .warned()
            .really(notLookedAt()),
        Fault.of("bios-unreadable", GUEST, B, "chmod 0600 " + BIOS)
            .found("guest-roms")
            .really(refused("could not load PC BIOS"))
            .mendedBy(lab -> lab.must(B, "chmod 0644 " + BIOS)),
        Fault.of("rom-of-card-unreadable", GUEST, B, "chmod 0600 /srv/card.rom")
            .onBoth("mkdir -p /srv; cp " + ROM + " /srv/card.rom")
            .guest("--sed", "s|<model type='virtio'/>|&<rom file='/srv/card.rom'/>|")
            .found("guest-device-paths")
            .really(refused("failed to find romfile")),
        Fault.of("rom-of-card-other-size", GUEST, B, "truncate -s 4096 /srv/card.rom")
            .onBoth("mkdir -p /srv; cp " + ROM + " /srv/card.rom")
            .guest("--sed", "s|<model type='virtio'/>|&<rom file='/srv/card.rom'/>|")
            .found("guest-roms")
            // "Size mismatch" of the destination's QEMU, or that the source's could write no more:
            // whichever libvirt hears of first.
            .really(refused("error: "))
            .mendedBy(lab -> lab.must(B, "cp " + ROM + " /srv/card.rom")),
        Fault.of("key-maps-missing", GUEST, B, "mv /usr/share/qemu/keymaps /root/kept")
            .guest("--device", "<graphics type='vnc' autoport='yes'/>")
            .found("guest-roms")
            .really(refused("could not read keymap file"))
            .mendedBy(lab -> lab.must(B, "mv /root/kept /usr/share/qemu/keymaps")),
        rom("rom-missing", "mv " + ROM + " /root/kept", ROM)
            .really(refused("failed to find romfile")),
        rom(
                "rom-other-size",
                "mv " + ROM + " /root/kept; cp /usr/lib/ipxe/qemu/pxe-e1000.rom " + ROM,
                ROM)
            .really(refused("load of migration failed")),
        rom(
                "bios-other-size",
                "mv " + BIOS + " /root/kept; cp /usr/share/seabios/bios.bin " + BIOS,
                BIOS)
            .really(refused("failed")));
  }

  private static Fault rom(String id, String shell, String file) {
    return Fault.of(id, GUEST, B, shell)
        .guest("--linux")
        .found("guest-roms")
        .mendedBy(lab -> lab.must(B, "mv /root/kept " + file));
  }

  private static Fault uefi(String id, String shell) {
    String os =
        "<loader readonly='yes' type='pflash'>"
            + CODE
            + "</loader><nvram template='"
            + VARS
            + "'>/srv/nvram/guest.fd</nvram>";
    return Fault.of(id, GUEST, B, shell)
        .onBoth("mkdir -p /srv/nvram")
        .guest("--memory", "256", "--sed", "s|<os>|<os>" + os + "|");
  }
}
