package org.migratecheck.lab;

import static org.migratecheck.lab.Lab.B;
import static org.migratecheck.lab.Outcome.refused;
import static org.migratecheck.lab.Requirement.SAME_SYSTEM;

import java.util.List;

/** The destination's libvirt or QEMU cannot use its own directories. */
final class DirectoryFaults {
  private static final String STATE = "/var/lib/libvirt/qemu";

  private DirectoryFaults() {}

  static List<Fault> all() {
    return List.of(
        readOnly("definitions-read-only", "/etc/libvirt/qemu"),
        readOnly("state-read-only", "/run/libvirt/qemu"),
        readOnly("logs-read-only", "/var/log/libvirt/qemu"),
        readOnly("guest-directories-read-only", STATE),
        fault("qemu-directory-closed", "chown root:root " + STATE + " && chmod 700 " + STATE)
            .really(refused("Permission denied")),
        fault("definitions-immutable", "chattr +i /etc/libvirt/qemu")
            .really(refused("Operation not permitted")),
        fault("log-directory-missing", "rm -r /var/log/libvirt/qemu")
            .really(refused("No such file or directory")),
        fault("libvirt-directory-closed", "chmod 700 /var/lib/libvirt")
            .really(refused("Permission denied")));
  }

  private static Fault readOnly(String id, String directory) {
    return fault(id, "mount --bind %1$s %1$s && mount -o remount,bind,ro %1$s".formatted(directory))
        .really(refused("Read-only file system"));
  }

  private static Fault fault(String id, String shell) {
    return Fault.of(id, SAME_SYSTEM, B, shell)
        .found("libvirt-directories")
        .migrateWith("--persistent");
  }
}
