package org.migratecheck.lab;

import static org.migratecheck.lab.Fakes.field;
import static org.migratecheck.lab.Fakes.gone;
import static org.migratecheck.lab.Fakes.memory;
import static org.migratecheck.lab.Lab.A;
import static org.migratecheck.lab.Lab.B;
import static org.migratecheck.lab.Outcome.notLookedAt;
import static org.migratecheck.lab.Outcome.refused;
import static org.migratecheck.lab.Requirement.GUEST;

import java.util.List;

/** The destination has too little of what guests need, or not what they are bound to. */
final class CapacityFaults {
  private static final String MEMORY = "/proc/meminfo";
  private static final String ONLINE = "/sys/devices/system/cpu/online";
  // A kernel that may get more memory above 4 GiB sets 64 MiB aside to reach it.
  private static final String NVDIMM =
      "s|<vcpu>|<maxMemory slots=\"2\" unit=\"MiB\">768</maxMemory><vcpu>|;s|<model"
          + " fallback='forbid'>qemu64</model>|&<numa><cell id=\"0\" cpus=\"0\""
          + " memory=\"262144\"/></numa>|";
  private static final String NVDIMM_DEVICE =
      "<memory model='nvdimm'><source><path>/var/lib/libvirt/nvdimm/guest</path></source>"
          + "<target><size unit='MiB'>32</size><node>0</node></target></memory>";

  private CapacityFaults() {}

  static List<Fault> all() {
    return List.of(
        Fault.of("memory-too-little", GUEST, B, memory(room(100_000, 0)))
            .guest("--linux")
            .found("memory-fits")
            .really(notLookedAt())
            .mendedBy(gone(MEMORY)),
        Fault.of("memory-together", GUEST, B, memory(room(600_000, 0)))
            .guest("--linux")
            .prepare(lab -> lab.guest(A, "other", List.of("--no-disk")))
            .found("memory-fits-all")
            .really(notLookedAt())
            .mendedBy(gone(MEMORY)),
        Fault.of(
                "memory-promised",
                GUEST,
                B,
                memory(field("CommitLimit", 900_000) + field("Committed_AS", 800_000))
                    + "; "
                    + Fakes.file("/proc/sys/vm/overcommit_memory", "s/.*/2/"))
            .guest("--linux")
            .found("memory-fits")
            .really(notLookedAt()),
        Fault.of(
                "memory-limit",
                GUEST,
                B,
                "mount -t tmpfs tmpfs /sys/fs/cgroup && mkdir /sys/fs/cgroup/machine.slice && cd"
                    + " /sys/fs/cgroup && echo cpu memory io >cgroup.controllers && echo 67108864"
                    + " >machine.slice/memory.max && echo 1048576 >machine.slice/memory.current")
            .guest("--linux")
            .found("memory-limit")
            .really(notLookedAt()),
        Fault.of("memory-overcommitted", GUEST, B, memory(field("MemTotal", 300_000)))
            .guest("--linux")
            .prepare(lab -> lab.guest(B, "other", List.of("--no-disk", "--memory", "192")))
            .found("memory-overcommitted")
            .warned()
            .really(notLookedAt())
            .mendedBy(gone(MEMORY)),
        Fault.of(
                "memory-damaged",
                GUEST,
                B,
                memory("/^HardwareCorrupted/d; $ a HardwareCorrupted:    64 kB"))
            .found("memory-errors")
            .warned()
            .really(notLookedAt())
            .mendedBy(gone(MEMORY)),
        Fault.of(
                "memory-file-without-room",
                GUEST,
                B,
                "mkdir -p /var/lib/libvirt/qemu/ram && mount -t tmpfs -o size=16m,uid=107,gid=107"
                    + " tmpfs /var/lib/libvirt/qemu/ram")
            .guest("--sed", "s|<vcpu>|<memoryBacking><source type='file'/></memoryBacking><vcpu>|")
            .found("memory-backing-space")
            .really(refused("")),
        Fault.of("nvdimm-missing", GUEST, B, "rm -r /var/lib/libvirt/nvdimm")
            .guest("--memory", "256", "--sed", NVDIMM, "--device", NVDIMM_DEVICE)
            .onBoth(
                "mkdir -p /var/lib/libvirt/nvdimm && truncate -s 32M /var/lib/libvirt/nvdimm/guest"
                    + " && chmod 666 /var/lib/libvirt/nvdimm/guest")
            .found("memory-devices")
            .really(
                refused(
                    "unable to stat: /var/lib/libvirt/nvdimm/guest: No such file or directory")),
        Fault.of("processor-missing", GUEST, B, Fakes.file(ONLINE, "s/.*/0/"))
            .guest("--sed", "s|</vcpu>|&<cputune><vcpupin vcpu='0' cpuset='1'/></cputune>|")
            .found("cpu-pinning")
            .really(notLookedAt()),
        Fault.of("emulator-pinned-elsewhere", GUEST, B, Fakes.file(ONLINE, "s/.*/0/"))
            .guest("--sed", "s|</vcpu>|&<cputune><emulatorpin cpuset='1'/></cputune>|")
            .found("cpu-pinning")
            .really(notLookedAt()),
        Fault.of("processors-few", GUEST, B, Fakes.file(ONLINE, "s/.*/0/"))
            .guest("--sed", "s|<vcpu>1|<vcpu>2|")
            .found("vcpus-fit")
            .warned()
            .really(notLookedAt())
            .mendedBy(gone(ONLINE)),
        Fault.of("numa-node-missing", GUEST, B, numaNode1())
            .guest("--sed", "s|</vcpu>|&<numatune><memory mode='strict' nodeset='0'/></numatune>|")
            .found("numa-nodes")
            .really(refused("NUMA"))
            .mendedBy(
                lab ->
                    lab.must(B, "umount /sys/devices/system/node && systemctl restart libvirtd")),
        Fault.of(
                "log-directory-full",
                GUEST,
                B,
                "mount -t tmpfs -o size=256k tmpfs /var/log/libvirt/qemu && dd if=/dev/zero"
                    + " of=/var/log/libvirt/qemu/old.log.0 bs=4k 2>/dev/null; true")
            .found("host-space")
            .warned()
            .really(notLookedAt())
            .mendedBy(lab -> lab.must(B, "mount -o remount,size=100m /var/log/libvirt/qemu")),
        Fault.of(
                "state-directory-without-inodes",
                GUEST,
                B,
                "mount -t tmpfs -o nr_inodes=4,size=100m tmpfs /var/lib/libvirt/qemu && touch"
                    + " /var/lib/libvirt/qemu/x && chown -R 107:107 /var/lib/libvirt/qemu")
            .found("host-space")
            .really(refused("No space left on device"))
            .mendedBy(lab -> lab.must(B, "mount -o remount,nr_inodes=1000 /var/lib/libvirt/qemu")),
        Fault.of(
                "definitions-directory-without-inodes",
                GUEST,
                B,
                "mount -t tmpfs -o nr_inodes=1,size=100m tmpfs /etc/libvirt/qemu")
            .migrateWith("--p2p --persistent")
            .found("host-space")
            .really(refused(""))
            .mendedBy(lab -> lab.must(B, "umount /etc/libvirt/qemu")),
        Fault.of(
                "run-directory-full",
                GUEST,
                B,
                "mount -o remount,size=4m /run && dd if=/dev/zero of=/run/fill bs=4k 2>/dev/null;"
                    + " true")
            .found("host-space")
            .really(refused(""))
            .mendedBy(lab -> lab.must(B, "rm /run/fill && mount -o remount,size=100m /run")),
        Fault.of(
                "aio-used-up",
                GUEST,
                B,
                "echo $(($(cat /proc/sys/fs/aio-nr) + 10)) >/run/aio && mount --bind /run/aio"
                    + " /proc/sys/fs/aio-max-nr")
            .guest("--sed", "s|cache='none'|& io='native'|")
            .found("aio-requests")
            .really(notLookedAt()));
  }

  private static String room(long availableKib, long swapKib) {
    return field("MemAvailable", availableKib) + field("SwapFree", swapKib);
  }

  /** The destination's only node has the number 1. */
  private static String numaNode1() {
    return "mkdir -p /run/node/node1 && cd /sys/devices/system/node/node0 && sed 's/Node 0/Node 1/'"
        + " meminfo >/run/node/node1/meminfo && cp cpumap cpulist distance /run/node/node1/ && cd"
        + " .. && for f in online possible has_memory has_normal_memory has_cpu; do echo 1"
        + " >/run/node/$f; done && cd / && mount --bind /run/node /sys/devices/system/node &&"
        + " systemctl restart libvirtd";
  }
}
