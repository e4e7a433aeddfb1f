package org.migratecheck.lab;

import java.util.function.Consumer;

/** Files of the kernel and of libvirt that a host is shown in another way than they are. */
final class Fakes {
  private static final String RESTART =
      " && systemctl restart libvirtd && virsh -q domcapabilities --emulatorbin"
          + " /usr/libexec/qemu-kvm --virttype qemu >/dev/null";

  private static final String DRIVERS = "/usr/lib/x86_64-linux-gnu/libvirt/connection-driver";

  static final String QEMU = "/usr/libexec/qemu-kvm";

  /** libvirt probes an emulator again whose change time is not the one that it noted. */
  static final String TIME =
      "cd /var/cache/libvirt/qemu/capabilities && sed -i"
          + " \"s|<qemuctime>.*</qemuctime>|<qemuctime>$(stat -c %Z"
          + " /usr/libexec/qemu-kvm)</qemuctime>|\" $(grep -l 'emulator>/usr/libexec' *.xml)";

  private Fakes() {}

  /** Shows a host a file of the kernel as a sed script changes it. */
  static String file(String path, String script) {
    return "f=/run/fake-$(echo %1$s | tr / -); sed '%2$s' %1$s >$f && mount --bind $f %1$s"
        .formatted(path, script);
  }

  /** Shows a host its memory as a sed script changes it. */
  static String memory(String script) {
    return file("/proc/meminfo", script);
  }

  /** Replaces numbers of /proc/meminfo, in KiB. */
  static String field(String name, long kib) {
    return "s/^%s:.*/%s: %d kB/;".formatted(name, name, kib);
  }

  /** Shows the truth again. */
  static Consumer<Lab> gone(String path) {
    return lab -> lab.must(Lab.B, "umount " + path);
  }

  /** Changes what the destination's libvirt believes of its QEMU. */
  static String capabilities(String script) {
    return "cd /var/cache/libvirt/qemu/capabilities && cp -a . /run/capabilities && sed -i '"
        + script
        + "' *.xml"
        + RESTART;
  }

  /** Lets the destination's libvirt believe the truth again. */
  static Consumer<Lab> truth() {
    return lab -> lab.must(Lab.B, believeTruth());
  }

  private static String believeTruth() {
    return "cp -a /run/capabilities/. /var/cache/libvirt/qemu/capabilities/ && rm -r"
        + " /run/capabilities && "
        + TIME
        + RESTART;
  }

  /** Changes the destination's emulator, or takes it away; libvirt's belief is kept aside. */
  static String emulator(String shell) {
    return "cp -a /var/cache/libvirt/qemu/capabilities /run/capabilities && cp -p %1$s %1$s.away && "
            .formatted(QEMU)
        + shell;
  }

  /** Gives the emulator back, and lets libvirt believe what it did before. */
  static Consumer<Lab> emulatorBack() {
    return lab ->
        lab.must(Lab.B, "rm -f %1$s && mv %1$s.away %1$s && ".formatted(QEMU) + believeTruth());
  }

  /**
   * Takes one of libvirt's drivers away from the destination. The files of the others stay as they
   * are: libvirt probes QEMU again when one of its drivers has another change time.
   */
  static String driverAway(String name) {
    return "mkdir -p /run/drivers /run/fewer && mount --bind %1$s /run/drivers && ln -s"
            .formatted(DRIVERS)
        + " /run/drivers/*.so /run/fewer/ && rm /run/fewer/libvirt_driver_%s.so".formatted(name)
        + " && mount --bind /run/fewer %s && systemctl restart libvirtd".formatted(DRIVERS);
  }

  /** Gives it back. */
  static Consumer<Lab> driverBack() {
    return lab ->
        lab.must(
            Lab.B,
            "umount -l %s && umount -l /run/drivers && systemctl restart libvirtd"
                .formatted(DRIVERS));
  }
}
