package org.migratecheck.lab;

import static org.migratecheck.lab.Fakes.capabilities;
import static org.migratecheck.lab.Fakes.driverAway;
import static org.migratecheck.lab.Fakes.driverBack;
import static org.migratecheck.lab.Fakes.truth;
import static org.migratecheck.lab.Lab.A;
import static org.migratecheck.lab.Lab.B;
import static org.migratecheck.lab.Outcome.notLookedAt;
import static org.migratecheck.lab.Outcome.refused;
import static org.migratecheck.lab.Requirement.GUEST;
import static org.migratecheck.lab.Requirement.SAME_SYSTEM;

import java.util.List;

/** The destination's libvirt, QEMU or processor cannot do what the guest needs. */
final class PlatformFaults {
  private static final String GLUSTER = "/usr/lib/x86_64-linux-gnu/qemu/block-gluster.so";
  // libvirt probes QEMU again when the directory of its modules has another time.
  private static final String KEEP_TIME =
      "d=/usr/lib/x86_64-linux-gnu/qemu; touch -r $d /run/time && %s && touch -r /run/time $d";
  private static final String MACHINE = "name=.pc-q35-rhel9.2.0.";
  private static final String NETWORK =
      "printf '%s' '<network><name>guests</name><forward mode=\"bridge\"/><bridge"
          + " name=\"br1\"/></network>' >/run/n.xml && virsh -q net-define /run/n.xml && virsh -q"
          + " net-start guests && virsh -q net-autostart guests";
  private static final String AES =
      "s|<cpu mode=.*</cpu>|<cpu mode='custom' match='exact' check='none'><model"
          + " fallback='forbid'>qemu64</model><feature policy='require' name='aes'/></cpu>|";

  /** A numad that advises node 0. */
  private static final String NUMAD =
      "printf '%s\\n' '#!/bin/sh' 'echo 0' >/usr/bin/numad && chmod 755 /usr/bin/numad";

  private PlatformFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.of("machine-type-missing", GUEST, B, capabilities("/" + MACHINE + "/d"))
            .found("machine-type-on-destination")
            .really(refused("does not support machine type"))
            .mendedBy(truth()),
        Fault.of(
                "machine-type-deprecated",
                GUEST,
                B,
                capabilities("s/name=.pc-q35-7.2./& deprecated=\"yes\"/"))
            .guest(
                "--sed",
                "s|/usr/libexec/qemu-kvm|/usr/bin/qemu-system-x86_64|;"
                    + " s/pc-q35-rhel9.2.0/pc-q35-7.2/")
            .found("machine-type-deprecated")
            .warned()
            .really(notLookedAt())
            .mendedBy(truth()),
        Fault.of(
                "machine-type-of-next-start-missing",
                GUEST,
                lab -> {
                  lab.must(
                      A,
                      "virsh dumpxml --inactive guest | sed 's/pc-q35-rhel9.2.0/pc-q35-7.1/'"
                          + " >/run/g.xml && virsh -q define /run/g.xml");
                  lab.must(B, capabilities("/name=.pc-q35-7.1./d"));
                })
            .found("machine-type-next-start")
            .warned()
            .really(notLookedAt())
            .mendedBy(truth()),
        Fault.of(
                "machine-has-room-for-one-processor",
                GUEST,
                B,
                capabilities("s/\\(" + MACHINE + ".*maxCpus=.\\)[0-9]*/\\11/"))
            .guest("--sed", "s|<vcpu>1|<vcpu>2|")
            .found("machine-max-cpus")
            .really(refused("Maximum CPUs greater than specified machine type limit 1"))
            .mendedBy(truth()),
        Fault.of(
                "processor-feature-missing",
                GUEST,
                B,
                Fakes.emulator(
                    "sed -i 's/^exec .*/n=; for a; do shift; [ \"$n\" != -cpu ] || a=$a,aes=off;"
                        + " n=$a; set -- \"$@\" \"$a\"; done; &/' /usr/libexec/qemu-kvm && "
                        + Fakes.TIME
                        + " && sed -i '/name=.aes. /s/true/false/' *.xml && systemctl restart"
                        + " libvirtd"))
            .guest("--sed", AES)
            .found("guest-cpu-on-destination")
            .really(refused("missing features: aes"))
            .mendedBy(Fakes.emulatorBack()),
        Fault.of(
                "emulator-missing",
                GUEST,
                B,
                Fakes.emulator("rm /usr/libexec/qemu-kvm && systemctl restart libvirtd"))
            .found("emulator-on-destination")
            .really(refused("Cannot check QEMU binary"))
            .mendedBy(Fakes.emulatorBack()),
        // libvirt goes on believing that the program works.
        Fault.of(
                "emulator-library-missing",
                GUEST,
                B,
                "mv /lib/x86_64-linux-gnu/libpixman-1.so.0 /root/kept")
            .found("emulator-on-destination")
            .really(refused("error while loading shared libraries"))
            .mendedBy(lab -> lab.must(B, "mv /root/kept /lib/x86_64-linux-gnu/libpixman-1.so.0")),
        limited("threads-limited", "max_processes = 2")
            .really(refused("Resource temporarily unavailable")),
        limited("open-files-limited", "max_files = 5").really(refused("Invalid argument")),
        Fault.of("log-daemon-down", GUEST, B, "systemctl stop virtlogd")
            .found("log-daemon")
            .really(refused("Failed to connect socket to '/run/libvirt/virtlogd-sock'")),
        Fault.of("log-daemon-killed", GUEST, B, "kill -9 $(pidof virtlogd)")
            .found("log-daemon")
            .really(refused("Failed to connect socket to '/run/libvirt/virtlogd-sock'")),
        Fault.of("driver-of-networks-missing", GUEST, B, driverAway("network"))
            .guest("--network", "guests")
            .onBoth(NETWORK)
            .found("libvirt-drivers")
            .really(refused("no connection driver available for network:///system"))
            .mendedBy(driverBack()),
        Fault.of("numad-missing", GUEST, B, "rm /usr/bin/numad")
            .onBoth(NUMAD)
            .guest("--sed", "s|<vcpu>1|<vcpu placement='auto'>1|")
            .found("numa-advice")
            .really(refused("Failed to query numad"))
            .mendedBy(lab -> lab.must(B, NUMAD)),
        Fault.of("driver-of-filters-missing", GUEST, B, driverAway("nwfilter"))
            .guest("--sed", "s|<model type='virtio'/></interface>|<filterref filter='open'/>&|")
            .onBoth(
                "printf '%s' '<filter name=\"open\" chain=\"root\"/>' >/run/f.xml && virsh -q"
                    + " nwfilter-define /run/f.xml")
            .found("libvirt-drivers")
            .really(refused("no connection driver available for nwfilter:///system"))
            .mendedBy(driverBack()),
        Fault.of(
                "qemu-module-missing",
                GUEST,
                B,
                KEEP_TIME.formatted("mv %1$s %1$s.away".formatted(GLUSTER)))
            .prepare(
                lab ->
                    lab.must(
                        A,
                        "truncate -s 16M %1$s/guest.img && chown qemu:qemu %1$s/guest.img"
                            .formatted(Lab.SHARED)))
            .guest(
                "--no-disk",
                "--device",
                "<disk type='network' device='disk'><driver name='qemu' type='raw'"
                    + " cache='none'/><source protocol='gluster' name='vol0/guest.img'><host"
                    + " name='store.lab' port='24007'/></source><target dev='vda'"
                    + " bus='virtio'/></disk>")
            .found("qemu-modules")
            .really(refused("gluster"))
            .mendedBy(
                lab -> lab.must(B, KEEP_TIME.formatted("mv %1$s.away %1$s".formatted(GLUSTER)))),
        Fault.of("hook-refuses", GUEST, B, hook("[ \"$2\" != migrate ] || exit 1"))
            .found("libvirt-hooks")
            .really(refused("Hook script execution failed")),
        Fault.of("hook-only-on-source", GUEST, A, hook("exit 0"))
            .found("libvirt-hooks")
            .warned()
            .really(notLookedAt())
            .mendedBy(
                lab -> lab.must(A, "rm /etc/libvirt/hooks/qemu && systemctl restart libvirtd")),
        Fault.of(
                "shutdown-scheduled",
                GUEST,
                B,
                "mkdir -p /run/systemd/shutdown && printf 'USEC=%s000000\\n"
                    + "WARN_WALL=1\\n"
                    + "MODE=reboot\\n"
                    + "' $(($(date +%s) + 600)) >/run/systemd/shutdown/scheduled")
            .found("no-shutdown-scheduled")
            .really(notLookedAt()),
        Fault.of(
                "kernel-options-differ",
                SAME_SYSTEM,
                B,
                Fakes.file("/proc/cmdline", "s/$/ mitigations=off/"))
            .found("cpu-mitigations-same")
            .warned()
            .really(notLookedAt())
            .mendedBy(Fakes.gone("/proc/cmdline")),
        Fault.of(
                "microcode-differs",
                SAME_SYSTEM,
                B,
                // Not every hypervisor shows a virtual machine a microcode.
                Fakes.file(
                    "/proc/cpuinfo", "/^microcode/d; s/^model name.*/&\\nmicrocode\\t: 0x1/"))
            .found("cpu-same")
            .warned()
            .really(notLookedAt())
            .mendedBy(Fakes.gone("/proc/cpuinfo")),
        Fault.of("clock-not-kept", SAME_SYSTEM, B, "systemctl stop chronyd")
            .found("clock-synchronised")
            .warned()
            .really(notLookedAt()));
  }

  private static Fault limited(String id, String setting) {
    return Fault.of(
            id,
            GUEST,
            B,
            "echo '%s' >>/etc/libvirt/qemu.conf && systemctl restart libvirtd".formatted(setting))
        .found("qemu-limits");
  }

  private static String hook(String text) {
    return "mkdir -p /etc/libvirt/hooks && printf '%s\\n' '#!/bin/sh' '"
        + text
        + "' >/etc/libvirt/hooks/qemu && chmod 755 /etc/libvirt/hooks/qemu && systemctl restart"
        + " libvirtd";
  }
}
