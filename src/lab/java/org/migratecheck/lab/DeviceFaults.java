package org.migratecheck.lab;

import static org.migratecheck.lab.Lab.A;
import static org.migratecheck.lab.Lab.B;
import static org.migratecheck.lab.Outcome.notLookedAt;
import static org.migratecheck.lab.Outcome.refused;
import static org.migratecheck.lab.Requirement.GUEST;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Devices of the guest find on the destination something else than they need. */
final class DeviceFaults {
  private static final String ISO = "/var/lib/libvirt/images/tools.iso";

  /** The definition was changed by the printed command, or is by the text of the fix. */
  private static final Consumer<Lab> RESTART =
      lab -> lab.must(A, "virsh -q destroy guest && virsh -q start guest");

  private DeviceFaults() {}

  static List<Fault> all() {
    return Stream.of(media(), screens(), characters(), others()).flatMap(List::stream).toList();
  }

  private static List<Fault> media() {
    return List.of(
        medium("medium-mandatory-missing", "cdrom", "mandatory", "rm " + ISO)
            .found("shared-path-exists")
            .really(refused("Cannot access storage file")),
        medium("medium-default-missing", "cdrom", "", "rm " + ISO)
            .found("shared-path-exists")
            .really(refused("Cannot access storage file")),
        medium("medium-dropped", "cdrom", "optional", "rm " + ISO)
            .found("shared-path-exists")
            .warned()
            .really(notLookedAt())
            .mendedBy(DeviceFaults::iso),
        medium("medium-requisite-dropped", "cdrom", "requisite", "rm " + ISO)
            .found("shared-path-exists")
            .warned()
            .really(notLookedAt())
            .mendedBy(DeviceFaults::iso),
        medium("medium-other-content", "cdrom", "", "head -c 1048576 /dev/urandom >" + ISO)
            .found("same-storage")
            .really(notLookedAt()),
        medium("floppy-missing", "floppy", "", "rm " + ISO)
            .found("shared-path-exists")
            .really(refused("Cannot access storage file")));
  }

  private static Fault medium(String id, String drive, String policy, String shell) {
    String source =
        policy.isEmpty()
            ? "<source file='" + ISO + "'/>"
            : "<source file='" + ISO + "' startupPolicy='" + policy + "'/>";
    String target = drive.equals("floppy") ? "dev='fda' bus='fdc'" : "dev='sdc' bus='sata'";
    String device =
        "<disk type='file' device='"
            + drive
            + "'>"
            + source
            + "<target "
            + target
            + "/><readonly/></disk>";
    return Fault.of(id, GUEST, B, shell).guest("--device", device).prepare(DeviceFaults::iso);
  }

  private static void iso(Lab lab) {
    for (String host : List.of(A, B)) {
      lab.must(host, "head -c 1474560 /dev/zero >" + ISO);
    }
  }

  private static List<Fault> screens() {
    return List.of(
        Fault.of("screen-address", GUEST, lab -> {})
            .guest("--device", "<graphics type='vnc' autoport='yes' listen='10.77.0.11'/>")
            .found("guest-graphics")
            .really(refused("Cannot assign requested address"))
            .mendedBy(RESTART),
        Fault.of("spice-address", GUEST, lab -> {})
            .guest("--device", "<graphics type='spice' autoport='yes' listen='10.77.0.11'/>")
            .found("guest-graphics")
            .really(refused("failed to initialize spice server"))
            .mendedBy(RESTART),
        Fault.of("screen-port-busy", GUEST, B, listen(5955))
            .guest("--device", "<graphics type='vnc' port='5955' autoport='no'/>")
            .found("guest-graphics")
            .really(refused("Address already in use"))
            .mendedBy(RESTART),
        Fault.of(
                "screen-ports-used-up",
                GUEST,
                B,
                "printf 'remote_display_port_min = 5950\\n"
                    + "remote_display_port_max = 5951\\n"
                    + "' >>/etc/libvirt/qemu.conf && systemctl restart libvirtd && { "
                    + listen(5950)
                    + " && { "
                    + listen(5951)
                    + "; }; }")
            .guest("--device", "<graphics type='vnc' autoport='yes'/>")
            .found("guest-graphics")
            .really(refused("Unable to find an unused port in range 'display'")),
        Fault.of("screen-socket-directory", GUEST, B, "rmdir /run/screens")
            .onBoth("mkdir -m 1777 /run/screens")
            .guest(
                "--device",
                "<graphics type='vnc'><listen type='socket' socket='/run/screens/g'/></graphics>")
            .found("guest-graphics")
            .really(refused("No such file or directory")),
        Fault.of("screen-socket-closed", GUEST, B, "chmod 0755 /run/screens")
            .onBoth("mkdir -m 1777 /run/screens")
            .guest(
                "--device",
                "<graphics type='vnc'><listen type='socket' socket='/run/screens/g'/></graphics>")
            .found("guest-graphics")
            .really(refused("Permission denied")),
        Fault.of(
                "screen-default-address",
                GUEST,
                B,
                "sed -i 's/^vnc_listen.*/vnc_listen = \"10.77.0.99\"/' /etc/libvirt/qemu.conf &&"
                    + " systemctl restart libvirtd")
            .guest("--device", "<graphics type='vnc' autoport='yes'/>")
            .found("guest-graphics")
            .really(refused("Cannot assign requested address")),
        Fault.of(
                "screen-certificates",
                GUEST,
                B,
                "echo 'vnc_tls = 1' >>/etc/libvirt/qemu.conf && systemctl restart libvirtd")
            .guest("--device", "<graphics type='vnc' autoport='yes'/>")
            .found("guest-graphics")
            .really(refused("Unable to access credentials"))
            .mendedBy(
                lab ->
                    lab.must(
                        B,
                        "sed -i /vnc_tls/d /etc/libvirt/qemu.conf && systemctl restart libvirtd")));
  }

  private static String listen(int port) {
    return "socat TCP-LISTEN:"
        + port
        + ",fork,reuseaddr SYSTEM:true >/dev/null 2>&1 & timeout 5 sh -c 'until ss -ltn | grep -q :"
        + port
        + "; do sleep 0.1; done'";
  }

  private static List<Fault> characters() {
    return List.of(
        device(
                "serial-file-directory",
                "<serial type='file'><source path='/srv/lines/a'/></serial>")
            .really(refused("No such file or directory")),
        device("serial-log-directory", "<serial type='pty'><log file='/srv/lines/a'/></serial>")
            .really(refused("No such file or directory")),
        device(
                "serial-socket-directory",
                "<serial type='unix'><source mode='bind' path='/srv/lines/a'/></serial>")
            .really(refused("Unable to bind to UNIX socket path")),
        device(
                "channel-socket-directory",
                "<channel type='unix'><source mode='bind' path='/srv/lines/a'/><target"
                    + " type='virtio' name='lab.0'/></channel>")
            .really(refused("Unable to bind to UNIX socket path")),
        Fault.of("serial-pipe-missing", GUEST, B, "rm /srv/pipe.in /srv/pipe.out")
            .onBoth("mkdir -p /srv; mkfifo -m 0666 /srv/pipe.in /srv/pipe.out")
            .guest("--device", "<serial type='pipe'><source path='/srv/pipe'/></serial>")
            .found("guest-device-paths")
            .really(refused("No such file or directory")),
        Fault.of("serial-port-busy", GUEST, B, listen(7777))
            .guest(
                "--device",
                "<serial type='tcp'><source mode='bind' host='0.0.0.0' service='7777'/></serial>")
            .found("guest-character-ports")
            .really(refused("Address already in use"))
            .mendedBy(lab -> lab.must(B, "kill $(pidof socat)")),
        Fault.of("serial-unanswered", GUEST, B, "kill $(pidof socat)")
            .onBoth(listen(7777))
            .guest(
                "--device",
                "<serial type='tcp'><source mode='connect' host='127.0.0.1'"
                    + " service='7777'/></serial>")
            .found("guest-character-ports")
            .really(refused("Connection refused"))
            .mendedBy(lab -> lab.must(B, listen(7777))),
        Fault.of("serial-address", GUEST, lab -> {})
            .guest(
                "--device",
                "<serial type='tcp'><source mode='bind' host='10.77.0.11'"
                    + " service='7777'/></serial>")
            .found("guest-character-ports")
            .really(refused("Cannot assign requested address"))
            .mendedBy(
                lab -> {
                  lab.must(
                      A,
                      "virsh -q dumpxml --inactive guest | sed s/10.77.0.11/0.0.0.0/ >/run/g.xml &&"
                          + " virsh -q define /run/g.xml");
                  RESTART.accept(lab);
                }));
  }

  /** A device that writes below /srv/lines, which the destination does not have. */
  private static Fault device(String id, String xml) {
    return Fault.of(id, GUEST, B, "rm -r /srv/lines")
        .onBoth("mkdir -p /srv/lines")
        .guest("--device", xml)
        .found("guest-device-paths");
  }

  private static List<Fault> others() {
    return List.of(
        Fault.of("acpi-table-missing", GUEST, B, "mv /srv/slic.bin /root/kept")
            .onBoth("mkdir -p /srv; head -c 100 /dev/zero >/srv/slic.bin")
            .guest("--sed", "s|</os>|<acpi><table type='slic'>/srv/slic.bin</table></acpi></os>|")
            .found("guest-device-paths")
            .really(refused("No such file or directory"))
            .mendedBy(lab -> lab.must(B, "mv /root/kept /srv/slic.bin")),
        Fault.of("rng-device-missing", GUEST, B, "rm /dev/labrng")
            .onBoth("mknod -m 0666 /dev/labrng c 1 9")
            .guest(
                "--device",
                "<rng model='virtio'><backend model='random'>/dev/labrng</backend></rng>")
            .found("guest-device-paths")
            .really(refused("No such file or directory"))
            .mendedBy(lab -> lab.must(B, "[ -e /dev/labrng ] || mknod -m 0666 /dev/labrng c 1 9")),
        Fault.of("qemu-argument-file-missing", GUEST, B, "mv /srv/value /root/kept")
            .onBoth("mkdir -p /srv; echo hello >/srv/value")
            .guest("--sed", qemuArguments("-fw_cfg", "name=opt/lab,file=/srv/value"))
            .found("guest-device-paths")
            .really(refused("No such file or directory"))
            .mendedBy(lab -> lab.must(B, "mv /root/kept /srv/value")),
        Fault.of("device-not-migratable", GUEST, lab -> {})
            .guest("--sed", qemuArguments("-device", "nvme,serial=1,addr=0x1a"))
            .found("guest-devices-migratable")
            .really(refused("nvme"))
            .mendedBy(
                lab -> {
                  lab.must(
                      A,
                      "virsh -q dumpxml --inactive guest | sed"
                          + " '/<qemu:commandline>/,/<.qemu:commandline>/d' >/run/g.xml && virsh -q"
                          + " define /run/g.xml");
                  RESTART.accept(lab);
                }),
        Fault.of("clipboard-channel", GUEST, lab -> {})
            .guest(
                "--device",
                "<channel type='qemu-vdagent'><source><clipboard copypaste='yes'/></source><target"
                    + " type='virtio' name='com.redhat.spice.0'/></channel>")
            .found("guest-devices-migratable")
            .really(refused("vdagent chardev")),
        Fault.of("shared-memory-peer", GUEST, lab -> {})
            .guest(
                "--device",
                "<shmem name='ring'><model type='ivshmem-plain'/><size unit='M'>4</size></shmem>")
            .found("guest-devices-migratable")
            .really(refused("peer mode"))
            .mendedBy(
                lab -> {
                  lab.must(
                      A,
                      "virsh -q dumpxml --inactive guest | sed \"s/<shmem name='ring'/&"
                          + " role='master'/; s/ role='peer'//\" >/run/g.xml && virsh -q define"
                          + " /run/g.xml");
                  RESTART.accept(lab);
                }),
        Fault.of("tpm-emulator-missing", GUEST, B, "mv /usr/bin/swtpm /root/kept")
            .guest(
                "--device", "<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>")
            .found("guest-tpm")
            .really(refused("TPM version '2.0' is not supported"))
            .mendedBy(
                lab -> lab.must(B, "mv /root/kept /usr/bin/swtpm && systemctl restart libvirtd")));
  }

  private static String qemuArguments(String... arguments) {
    StringBuilder xml = new StringBuilder("<qemu:commandline>");
    for (String argument : arguments) {
      xml.append("<qemu:arg value='").append(argument).append("'/>");
    }
    return "s|<domain type='qemu'>|<domain type='qemu'"
        + " xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>|; s|</domain>|"
        + xml
        + "</qemu:commandline></domain>|";
  }
}
