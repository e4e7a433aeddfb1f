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

  private SystemFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.of("rhel-minor-version", SAME_SYSTEM, B, INSTALL + "redhat-release-9.3-0.5.el9")
            .found("os-version")
            .really(notLookedAt()),
        Fault.of("qemu-older", SAME_SYSTEM, B, INSTALL + "qemu-kvm-core-17:7.2.0-14.el9_2.3")
            .found("virtualization-packages")
            .really(notLookedAt()),
        Fault.of("qemu-epoch-only", SAME_SYSTEM, B, INSTALL + "qemu-kvm-core-18:7.2.0-14.el9_2.5")
            .found("virtualization-packages")
            .really(notLookedAt()),
        Fault.of("libvirt-release-only", SAME_SYSTEM, B, INSTALL + "libvirt-libs-9.0.0-10.2.el9_2")
            .found("virtualization-packages")
            .really(notLookedAt()),
        Fault.of("package-missing", SAME_SYSTEM, B, "rpm -e edk2-ovmf")
            .found("virtualization-packages")
            .really(notLookedAt()),
        Fault.of("package-older-on-source", SAME_SYSTEM, A, INSTALL + "seabios-bin-1.16.0-4.el9")
            .found("virtualization-packages")
            .really(notLookedAt()),
        Fault.of("reboot-pending", SAME_SYSTEM, lab -> {})
            .prepare(
                lab -> {
                  lab.must(A, INSTALL + "kernel-core-5.14.0-284.40.1.el9_2");
                  lab.must(B, INSTALL + "kernel-core-5.14.0-284.40.1.el9_2");
                  lab.reboot(A);
                })
            .found("kernel-reboot-pending", "kernel-running")
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
            .found("distinct-hosts")
            .really(refused("Attempt to migrate guest to the same host")),
        Fault.of(
                "same-machine-id",
                SAME_SYSTEM,
                lab ->
                    lab.must(
                        B,
                        "echo %s >/etc/machine-id"
                            .formatted(lab.must(A, "cat /etc/machine-id").strip())))
            .found("distinct-hosts")
            .really(notLookedAt()));
  }
}
