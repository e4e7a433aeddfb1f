package org.migratecheck.lab;

import static org.migratecheck.lab.Lab.A;
import static org.migratecheck.lab.Lab.B;
import static org.migratecheck.lab.Outcome.notLookedAt;
import static org.migratecheck.lab.Outcome.refused;
import static org.migratecheck.lab.Requirement.SAME_SYSTEM;

import java.util.List;

/** Hosts that are not the same system, or that are the very same machine. */
final class SystemFaults {
  private static final String INSTALL = "dnf -q -y install ";

  private static final String UPGRADE = "dnf -q -y --releasever=9.3 upgrade";

  private SystemFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.of("rhel-older-destination", SAME_SYSTEM, A, UPGRADE)
            .found("os-version-same")
            .really(notLookedAt()),
        Fault.of("rhel-newer-destination", SAME_SYSTEM, B, UPGRADE)
            .found("os-version-same")
            .really(notLookedAt()),
        Fault.of("qemu-older", SAME_SYSTEM, B, INSTALL + "qemu-kvm-core-17:7.2.0-14.el9_2.3")
            .found("packages-virtualization-same")
            .really(notLookedAt()),
        Fault.of("qemu-epoch-only", SAME_SYSTEM, B, INSTALL + "qemu-kvm-core-18:7.2.0-14.el9_2.5")
            .found("packages-virtualization-same")
            .really(notLookedAt()),
        Fault.of("libvirt-release-only", SAME_SYSTEM, B, INSTALL + "libvirt-libs-9.0.0-10.2.el9_2")
            .found("packages-virtualization-same")
            .really(notLookedAt()),
        Fault.of("package-missing", SAME_SYSTEM, B, "rpm -e edk2-ovmf")
            .found("packages-virtualization-same")
            .really(notLookedAt()),
        Fault.of("seabios-older-on-source", SAME_SYSTEM, A, INSTALL + "seabios-bin-1.16.0-4.el9")
            .found("packages-virtualization-same")
            .really(notLookedAt()),
        Fault.of("other-package-older", SAME_SYSTEM, B, INSTALL + "vim-minimal-8.2.2637-16.el9_0.3")
            .found("packages-same")
            .warned()
            .really(notLookedAt()),
        Fault.of("package-only-on-source", SAME_SYSTEM, A, INSTALL + "htop")
            .found("packages-same")
            .warned()
            .really(notLookedAt()),
        Fault.of("reboot-pending", SAME_SYSTEM, lab -> {})
            .prepare(
                lab -> {
                  lab.must(A, INSTALL + "kernel-core-5.14.0-284.40.1.el9_2");
                  lab.must(B, INSTALL + "kernel-core-5.14.0-284.40.1.el9_2");
                  lab.reboot(A, "systemctl reboot");
                })
            .found("kernel-running-same")
            .really(notLookedAt()),
        Fault.of(
                "same-host-uuid",
                SAME_SYSTEM,
                lab -> {
                  String uuid =
                      lab.must(A, "sed -n 's/^host_uuid = //p' /etc/libvirt/libvirtd.conf").strip();
                  lab.must(
                      B,
                      "sed -i 's/^host_uuid = .*/host_uuid = %s/' /etc/libvirt/libvirtd.conf && systemctl restart libvirtd"
                          .formatted(uuid));
                })
            .found("host-uuid-differs")
            .really(refused("Attempt to migrate guest to the same host")),
        Fault.of(
                "same-machine-id",
                SAME_SYSTEM,
                lab ->
                    lab.must(
                        B,
                        "echo %s >/etc/machine-id"
                            .formatted(lab.must(A, "cat /etc/machine-id").strip())))
            .found("machine-id-unique")
            .warned()
            .really(notLookedAt()));
  }
}
