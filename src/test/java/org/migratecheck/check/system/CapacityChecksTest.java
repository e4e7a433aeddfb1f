package org.migratecheck.check.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Status;

/** What the destination has left; samples are those of real hosts, changed in single lines. */
class CapacityChecksTest {
  private static Status status(Scene scene, String id) {
    return scene.judge(id).status();
  }

  private static Scene tuned(String xml) {
    return Scene.healthy().guestXml("</vcpu>", "</vcpu>" + xml);
  }

  private static Scene nodes(Scene scene, String... lines) {
    return scene.destination("capacity/nodes", String.join("\n", lines) + "\nend\n");
  }

  @Test
  void numaNodes() {
    String strict = "<numatune><memory mode='strict' nodeset='0-1'/></numatune>";
    Finding missing = tuned(strict).judge("numa-nodes");
    assertThat(missing.status()).isEqualTo(Status.FAIL);
    assertThat(missing.message())
        .isEqualTo("guest is bound to NUMA nodes of which hostB.lab lacks 1 (it has 0)");
    assertThat(missing.errors())
        .containsExactly("unsupported configuration: NUMA node 1 is unavailable");
    Scene two = nodes(tuned(strict), "node0 free 100000", "node1 free 40000");
    assertThat(status(two, "numa-nodes")).isEqualTo(Status.PASS);
    assertThat(status(nodes(two, "node0 free 10", "node1 free 10"), "numa-nodes"))
        .isEqualTo(Status.WARN);
    assertThat(status(nodes(two, "node0 free"), "numa-nodes")).isEqualTo(Status.ERROR);
    assertThat(status(tuned("<numatune><memory nodeset='zero'/></numatune>"), "numa-nodes"))
        .isEqualTo(Status.ERROR);
    assertThat(status(Scene.healthy(), "numa-nodes")).isEqualTo(Status.SKIPPED);
  }

  @Test
  void adviceOnNumaNodes() {
    assertThat(status(Scene.healthy(), "numa-advice")).isEqualTo(Status.SKIPPED);
    Scene asking = tuned("<numatune><memory mode='strict' placement='auto'/></numatune>");
    Finding missing = asking.editDestination("tools", t -> t + "dnf\n").judge("numa-advice");
    assertThat(missing.status()).isEqualTo(Status.FAIL);
    assertThat(missing.message())
        .isEqualTo("guest is placed by numad (placement='auto'), which hostB.lab does not have");
    assertThat(Scene.commands(missing)).isEqualTo("hostB.lab: dnf install -y numad\n");
    assertThat(status(asking.editDestination("tools", t -> t + "numad\n"), "numa-advice"))
        .isEqualTo(Status.PASS);
  }

  @Test
  void hugePagesOfANode() {
    Scene scene =
        nodes(
            tuned(
                "<memoryBacking><hugepages><page size='2' unit='M'/></hugepages></memoryBacking>"
                    + "<numatune><memory mode='strict' nodeset='1'/></numatune>"),
            "node0 free 1",
            "node0 hugepages-2048kB 64",
            "node1 free 1",
            "node1 hugepages-2048kB 60");
    Finding few = scene.judge("numa-nodes");
    assertThat(few.status()).isEqualTo(Status.FAIL);
    assertThat(Scene.commands(few))
        .isEqualTo("hostB.lab: virsh -c qemu:///system allocpages 2048KiB 4 --cellno 1 --add\n");
    assertThat(status(nodes(scene, "node1 free 1", "node1 hugepages-2048kB 64"), "numa-nodes"))
        .isEqualTo(Status.PASS);
  }

  @Test
  void pinning() {
    String pins = "<cputune><vcpupin vcpu='0' cpuset='2-3'/><emulatorpin cpuset='0,2'/></cputune>";
    Scene scene = tuned(pins).source("capacity/processors", "online 0-3\nisolated \nend\n");
    Finding finding = scene.judge("cpu-pinning");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .contains("vCPU 0 of guest is bound to processors 2-3, of which hostB.lab lacks 2-3")
        .contains("the emulator of guest is bound to processors 0,2");
    assertThat(Scene.commands(finding))
        .isEqualTo("hostA.lab: virsh -c qemu:///system vcpupin " + Scene.GUEST + " 0 0-1 --live\n");
    // Without the cpuset controller a set that is partly there shrinks; with it, it is refused.
    Scene partly = tuned("<cputune><emulatorpin cpuset='0,2'/></cputune>");
    assertThat(status(partly, "cpu-pinning")).isEqualTo(Status.WARN);
    partly.destination("capacity/limits", "aio-nr 0\ncontrollers cpuset cpu io\nend\n");
    assertThat(status(partly, "cpu-pinning")).isEqualTo(Status.FAIL);
    assertThat(status(tuned("<cputune><vcpupin cpuset='0'/></cputune>"), "cpu-pinning"))
        .isEqualTo(Status.PASS);
    assertThat(
            status(tuned(pins).destination("capacity/processors", "online 0-1\n"), "cpu-pinning"))
        .isEqualTo(Status.ERROR);
  }

  @Test
  void virtualProcessors() {
    Scene scene =
        Scene.healthy()
            .guestXml("<vcpu placement='static'>1<", "<vcpu placement='static'>4<")
            .source("capacity/processors", "online 0-7\nend\n");
    assertThat(scene.judge("vcpus-fit").message())
        .isEqualTo("guest has 4 virtual processors, hostB.lab has only 2 real ones");
    scene.destination("capacity/processors", "online 0-7\nend\n");
    assertThat(status(scene, "vcpus-fit")).isEqualTo(Status.PASS);
    assertThat(status(scene, "machine-max-cpus")).isEqualTo(Status.PASS);
    scene.guestXml("static'>4<", "static'>300<");
    Finding many = scene.judge("machine-max-cpus");
    assertThat(many.status()).isEqualTo(Status.FAIL);
    assertThat(many.errors())
        .containsExactly(
            "unsupported configuration: Maximum CPUs greater than specified machine type limit"
                + " 288");
  }

  @Test
  void lockedMemory() {
    Scene scene =
        Scene.healthy()
            .guestXml("<vcpu ", "<memoryBacking><locked/></memoryBacking><vcpu ")
            .editDestination(
                "memory/meminfo",
                m -> m.replaceFirst("MemAvailable:.*", "MemAvailable: 100000 kB"));
    assertThat(scene.judge("memory-locked").message())
        .isEqualTo(
            "guest locks 128 MiB of memory, hostB.lab has only 98 MiB available; swap does not"
                + " help");
    scene.editDestination(
        "memory/meminfo", m -> m.replaceFirst("MemAvailable:.*", "MemAvailable: 900000 kB"));
    assertThat(status(scene, "memory-locked")).isEqualTo(Status.PASS);
    scene.destination("memory/meminfo", "MemTotal: 1 kB\n");
    assertThat(status(scene, "memory-locked")).isEqualTo(Status.ERROR);
  }

  @Test
  void memoryLimitOfBothCgroupVersions() {
    Scene scene =
        Scene.healthy()
            .destination(
                "capacity/limits",
                "controllers cpu memory\nmemory-limit 134217728\nmemory-used 1048576\nend\n");
    Finding finding = scene.judge("memory-limit");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).contains("need 128 MiB", "leaves only 127 MiB");
    for (String none : new String[] {"max", "9223372036854771712"}) {
      scene.destination("capacity/limits", "memory-limit " + none + "\nmemory-used 1048576\nend\n");
      assertThat(status(scene, "memory-limit")).isEqualTo(Status.SKIPPED);
    }
    scene.destination("capacity/limits", "memory-limit 536870912\nmemory-used 1\nend\n");
    assertThat(status(scene, "memory-limit")).isEqualTo(Status.PASS);
    scene.destination("capacity/limits", "memory-limit x\nmemory-used 1\nend\n");
    assertThat(status(scene, "memory-limit")).isEqualTo(Status.ERROR);
  }

  @Test
  void allGuestsTogether() {
    Scene scene =
        Scene.healthy()
            .guestThere("other", "4c4c4544-1000-4000-8000-0000000000ff", "running (booted)")
            .editDestination(
                "memory/meminfo", m -> m.replaceFirst("MemTotal:.*", "MemTotal: 200000 kB"));
    assertThat(scene.judge("memory-overcommitted").message())
        .contains("could want 256 MiB together; it has 196 MiB");
    scene.editDestination(
        "memory/meminfo", m -> m.replaceFirst("MemTotal:.*", "MemTotal: 900000 kB"));
    assertThat(status(scene, "memory-overcommitted")).isEqualTo(Status.PASS);
  }

  @Test
  void memoryFiles() {
    Scene scene =
        Scene.healthy()
            .guestXml("<vcpu ", "<memoryBacking><source type='file'/></memoryBacking><vcpu ")
            .destination("capacity/space", "backing\t4096 100 100 0 0\t/dev/shm\nend\n");
    Finding finding = scene.judge("memory-backing-space");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(Scene.commands(finding)).contains("mount -o remount,size=132096k /dev/shm");
    scene.destination("capacity/space", "backing\t4096 99999 99999 0 0\t/dev/shm\nend\n");
    assertThat(status(scene, "memory-backing-space")).isEqualTo(Status.PASS);
    assertThat(status(scene.destination("capacity/space", "cut\nend\n"), "memory-backing-space"))
        .isEqualTo(Status.ERROR);
  }

  @Test
  void memoryDevices() {
    String device =
        "<memory model='nvdimm'><source><path>/nv</path></source><target>"
            + "<size unit='KiB'>32768</size></target></memory>";
    Scene scene = Scene.healthy().guestXml("<devices>", "<devices>" + device);
    scene.linkDestinationPart("guest-host/paths", "absent\t\t/nv\nend\n");
    Finding absent = scene.judge("memory-devices");
    assertThat(absent.status()).isEqualTo(Status.FAIL);
    assertThat(Scene.commands(absent)).contains("truncate -s 33554432 /nv");
    scene.linkDestinationPart("guest-host/paths", "file\t1048576\t/nv\nend\n");
    assertThat(scene.judge("memory-devices").message()).contains("/nv has 1 MiB on hostB.lab");
    scene.linkDestinationPart("guest-host/paths", "block\t33554432\t/nv\nend\n");
    assertThat(status(scene, "memory-devices")).isEqualTo(Status.PASS);
    scene.linkDestinationPart("guest-host/paths", "block\t33554432\t/nv\n");
    assertThat(status(scene, "memory-devices")).isEqualTo(Status.ERROR);
  }

  @Test
  void fullDirectories() {
    Scene scene = Scene.healthy();
    assertThat(status(scene, "host-space")).isEqualTo(Status.PASS);
    scene.destination("capacity/space", "state\t4096 100 10 0 0\t/run/libvirt\nend\n");
    assertThat(scene.judge("host-space").status()).isEqualTo(Status.FAIL);
    scene.destination("capacity/space", "log\t4096 100 10 0 0\t/var/log/libvirt/qemu\nend\n");
    assertThat(status(scene, "host-space")).isEqualTo(Status.WARN);
    scene.destination("capacity/space", "log\t4096 99999 99999 10 0\t/var/log/libvirt/qemu\nend\n");
    assertThat(status(scene, "host-space")).isEqualTo(Status.FAIL);
    scene.destination("capacity/space", "state\t4096 9999 9999 10 3\t/var/lib/libvirt\nend\n");
    assertThat(scene.judge("host-space").status()).as("a guest needs four").isEqualTo(Status.FAIL);
    scene.destination("capacity/space", "state\t4096 9999 9999 10 8\t/var/lib/libvirt\nend\n");
    assertThat(status(scene, "host-space")).isEqualTo(Status.WARN);
    scene.destination(
        "capacity/space",
        "state\t4096 9999 9999 10 0\t/var/lib/libvirt\nstate\t4096 9999 9999 10 0\t/etc/libvirt/qemu\n"
            + "state\t4096 99 9 0 0\t/run/libvirt/qemu\nend\n");
    // Two directories on one file system are one problem.
    assertThat(scene.judge("host-space").message().lines()).hasSize(2);
    scene.destination("capacity/space", "state\t4096 x 9999 10 1\t/var/lib/libvirt\nend\n");
    assertThat(status(scene, "host-space")).isEqualTo(Status.ERROR);
  }

  @Test
  void asynchronousRequests() {
    Scene scene = Scene.healthy().guestXml("cache='none'", "cache='none' io='native'");
    assertThat(status(scene, "aio-requests")).isEqualTo(Status.PASS);
    scene.destination("capacity/limits", "aio-nr 65000\naio-max-nr 65536\nend\n");
    Finding few = scene.judge("aio-requests");
    assertThat(few.status()).isEqualTo(Status.FAIL);
    assertThat(few.message()).contains("need 1024", "has 536 left");
    scene.destination("capacity/limits", "aio-nr 65000\naio-max-nr many\nend\n");
    assertThat(status(scene, "aio-requests")).isEqualTo(Status.ERROR);
  }

  @Test
  void tuning() {
    Scene scene =
        tuned("<blkiotune><weight>500</weight></blkiotune>")
            .source("capacity/limits", "controllers cpuset cpu io memory\nend\n");
    assertThat(scene.judge("cgroup-controllers").message())
        .contains("hostB.lab lacks the cgroup controller 'io'");
    scene.destination("capacity/limits", "old cpu\nold blkio\nend\n");
    assertThat(status(scene, "cgroup-controllers")).isEqualTo(Status.PASS);
    scene.destination("capacity/limits", "old blkio\nallowed [ \"cpu\" ]\nend\n");
    assertThat(status(scene, "cgroup-controllers")).isEqualTo(Status.FAIL);
    scene.destination("capacity/limits", "");
    assertThat(status(scene, "cgroup-controllers")).isEqualTo(Status.ERROR);
  }
}
