package org.migratecheck.lab;

import static org.migratecheck.lab.Lab.A;
import static org.migratecheck.lab.Lab.B;
import static org.migratecheck.lab.Lab.SHARED;

import java.util.List;

/** Guests that are unusual, and can be moved all the same. */
final class HealthyGuests {
  private static final String ISO = SHARED + "/cd.iso";

  private HealthyGuests() {}

  static List<Healthy> all() {
    return List.of(
        // Disks
        Healthy.guest(
            "disk-scsi",
            "--sed",
            disk("sda", "scsi"),
            "--device",
            "<controller type='scsi' model='virtio-scsi'/>"),
        Healthy.guest("disk-sata", "--sed", disk("sda", "sata")),
        Healthy.guest("disk-usb", "--sed", disk("sda", "usb")),
        image("qcow2-lazy-refcounts", "qemu-img create -q -f qcow2 -o lazy_refcounts=on $disk 16M"),
        image(
            "qcow2-preallocated",
            "qemu-img create -q -f qcow2 -o preallocation=metadata $disk 64M"),
        image(
            "backing-chain-long",
            "cd "
                + SHARED
                + "; qemu-img create -q -f raw base.img 16M; last=base.img; format=raw; for n in 1"
                + " 2 3 4 5 6; do qemu-img create -q -f qcow2 -b $last -F $format layer$n.qcow2;"
                + " last=layer$n.qcow2; format=qcow2; done; mv layer6.qcow2 $disk"),
        Healthy.guest(
                "disks-and-cards-several",
                "--device",
                "<disk type='file' device='disk'><driver name='qemu' type='raw'"
                    + " cache='none'/><source file='"
                    + SHARED
                    + "/second.img'/><target dev='vdb' bus='virtio'/></disk>",
                "--device",
                "<interface type='bridge'><source bridge='br1'/><mac"
                    + " address='52:54:00:4c:01:01'/><model type='virtio'/></interface>",
                "--device",
                "<interface type='bridge'><source bridge='br1'/><mac"
                    + " address='52:54:00:4c:01:02'/><model type='e1000e'/></interface>")
            .prepare(lab -> lab.must(A, "truncate -s 20M " + SHARED + "/second.img")),
        Healthy.guest("disk-none", "--no-disk"),
        Healthy.guest("disk-path-odd", "--disk", SHARED + "/a disk, of ‘two’ (ä).img"),
        Healthy.guest("disk-link", "--disk", SHARED + "/link.img")
            .prepare(
                lab ->
                    lab.must(
                        A,
                        "truncate -s 16M %1$s/real.img && ln -s real.img %1$s/link.img"
                            .formatted(SHARED))),
        Healthy.guest("cache-writeback", "--sed", "s/cache='none'/cache='writeback'/"),
        Healthy.guest("cache-directsync", "--sed", "s/cache='none'/cache='directsync'/"),
        Healthy.guest(
            "disk-native-discard",
            "--sed",
            "s/cache='none'/cache='none' io='native' discard='unmap' detect_zeroes='unmap'"
                + " iothread='1'/;s|<vcpu>1</vcpu>|<vcpu>1</vcpu><iothreads>2</iothreads>|"),
        Healthy.guest(
            "disk-throttled-serial",
            "--sed",
            "s|<target dev='vda'"
                + " bus='virtio'/>|&<iotune><total_iops_sec>500</total_iops_sec></iotune><serial>disk-1</serial>|"),
        Healthy.guest(
                "disk-read-only",
                "--device",
                "<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='"
                    + SHARED
                    + "/ro.img'/><target dev='vdb' bus='virtio'/><readonly/></disk>")
            .prepare(
                lab ->
                    lab.must(
                        A, "truncate -s 1M %1$s/ro.img; chmod 444 %1$s/ro.img".formatted(SHARED))),
        Healthy.guest(
            "cdrom-empty",
            "--device",
            "<disk type='file' device='cdrom'><target dev='sda' bus='sata'/><readonly/></disk>"),
        Healthy.guest("cdrom-shared", "--device", cdrom(ISO, ""))
            .prepare(lab -> lab.must(A, "truncate -s 1M " + ISO)),
        Healthy.guest(
                "cdrom-optional-missing",
                "--device",
                cdrom("/var/lib/libvirt/images/only-here.iso", " startupPolicy='optional'"))
            .prepare(lab -> lab.must(A, "truncate -s 1M /var/lib/libvirt/images/only-here.iso")),
        // Cards
        Healthy.guest("card-none", "--sed", "s|<interface.*</interface>||"),
        Healthy.guest(
            "card-link-down",
            "--sed",
            "s|<model type='virtio'/></interface>|<model type='virtio'/><link"
                + " state='down'/></interface>|"),
        Healthy.guest(
            "card-mtu-and-filter-free",
            "--sed",
            "s|<model type='virtio'/></interface>|<model type='rtl8139'/><mtu"
                + " size='1400'/></interface>|"),
        Healthy.guest("guests-running-many").prepare(HealthyGuests::many),
        // Processor and memory
        Healthy.guest("cpu-host-model", "--sed", "s|<cpu mode.*</cpu>|<cpu mode='host-model'/>|"),
        Healthy.guest(
            "cpu-custom-features",
            "--sed",
            "s|<cpu mode.*</cpu>|<cpu mode='custom' match='exact' check='partial'><model"
                + " fallback='allow'>Nehalem</model><feature policy='disable' name='vme'/><feature"
                + " policy='optional' name='pcid'/></cpu>|"),
        Healthy.guest("cpu-default", "--sed", "s|<cpu mode.*</cpu>||"),
        Healthy.guest(
            "vcpus-hot-pluggable",
            "--sed",
            "s|<vcpu>1</vcpu>|<vcpu placement='static' current='2'>4</vcpu>|"),
        Healthy.guest(
            "cpu-topology-numa",
            "--sed",
            "s|<vcpu>1</vcpu>|<vcpu>2</vcpu>|; s|</model></cpu>|</model><topology sockets='2'"
                + " dies='1' cores='1' threads='1'/><numa><cell id='0' cpus='0' memory='64'"
                + " unit='MiB'/><cell id='1' cpus='1' memory='64' unit='MiB'/></numa></cpu>|"),
        Healthy.guest(
            "memory-ballooned",
            "--sed",
            "s|<memballoon model='none'/>|<memballoon model='virtio'><stats"
                + " period='5'/></memballoon>|; s|</memory>|</memory><currentMemory"
                + " unit='MiB'>100</currentMemory>|"),
        // Devices
        Healthy.guest(
            "devices-many",
            "--device",
            "<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>",
            "--device",
            "<watchdog model='i6300esb' action='reset'/>",
            "--device",
            "<channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>",
            "--device",
            "<input type='tablet' bus='usb'/>",
            "--device",
            "<video><model type='vga'/></video>",
            "--device",
            "<panic model='isa'/>"),
        Healthy.guest(
            "vnc-everywhere",
            "--device",
            "<graphics type='vnc' port='-1' autoport='yes' listen='0.0.0.0'/>"),
        Healthy.guest(
            "vnc-password-local",
            "--device",
            "<graphics type='vnc' port='5911' autoport='no' listen='127.0.0.1' passwd='secret'/>"),
        // Names and words
        Healthy.guest("name-dots").named("web.shop.example.org"),
        Healthy.guest("name-umlauts").named("größe-日本"),
        Healthy.guest("name-spaces").named("a guest of many words"),
        Healthy.guest("name-like-option").named("0--live"),
        Healthy.guest("name-long").named("n".repeat(180)),
        Healthy.guest(
            "metadata",
            "--sed",
            "s|<memory|<title>It’s the “shop” \\&amp; more</title><description>line one\\n"
                + "line \\&lt;two\\&gt; $(id) `id`</description><metadata><a:b"
                + " xmlns:a='http://example.org/a'>NOT_READY</a:b></metadata><memory|"),
        // States
        Healthy.guest("paused").started("virsh -q suspend guest"),
        Healthy.guest("transient").started("virsh -q undefine guest"),
        Healthy.guest("defined-there-too")
            .prepare(lab -> lab.guest(B, "guest", List.of("--define", "--ticker"))),
        Healthy.guest("persistent-move")
            .migrateWith("--p2p --persistent --undefinesource")
            .then(lab -> lab.look(B, "virsh -q dominfo guest | grep -q 'Persistent: *yes'").ok()),
        Healthy.guest("writes-memory", "--dirty", "4"));
  }

  private static String disk(String name, String bus) {
    return "s/<target dev='vda' bus='virtio'/<target dev='%s' bus='%s'/".formatted(name, bus);
  }

  /** A guest whose image shell text makes as {@code $disk}. */
  private static Healthy image(String id, String shell) {
    String disk = SHARED + "/" + id + ".qcow2";
    return Healthy.guest(id, "--disk", disk, "--format", "qcow2")
        .prepare(lab -> lab.must(A, "disk=" + disk + "; " + shell));
  }

  private static String cdrom(String file, String policy) {
    return "<disk type='file' device='cdrom'><driver name='qemu' type='raw'/><source file='%s'%s/><target dev='sda' bus='sata'/><readonly/></disk>"
        .formatted(file, policy);
  }

  /** Names of which the lab makes addresses that are all different. */
  private static void many(Lab lab) {
    for (int n : new int[] {1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20}) {
      lab.guest(A, "n" + n, List.of("--ticker", "--paused"));
    }
  }
}
