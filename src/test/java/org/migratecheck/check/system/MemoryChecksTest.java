package org.migratecheck.check.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Status;

class MemoryChecksTest {
  /** The guest has 128 MiB; with QEMU's overhead 386 MiB are wanted. */
  private static Scene available(long mib, long swapMib) {
    return Scene.healthy()
        .editDestination(
            "memory/meminfo",
            m ->
                m.replaceFirst("MemAvailable:.*", "MemAvailable: " + mib * 1024 + " kB")
                    .replaceFirst("SwapFree:.*", "SwapFree: " + swapMib * 1024 + " kB"));
  }

  private static Scene onHugePages(String pages) {
    return Scene.healthy()
        .guestXml(
            "<vcpu ", "<memoryBacking><hugepages>" + pages + "</hugepages></memoryBacking><vcpu ");
  }

  @Test
  void tooLittleMemory() {
    Finding finding = available(300, 0).judge("memory-fits");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .isEqualTo(
            "guest needs 386 MiB, but only 300 MiB are left on hostB.lab with swap: 86 MiB are"
                + " lacking");
    assertThat(available(386, 0).judge("memory-fits").status()).isEqualTo(Status.PASS);
    assertThat(available(300, 100).judge("memory-fits").status()).isEqualTo(Status.WARN);
  }

  @Test
  void memoryThatIsBalloonedAwayIsOnlyWantedLater() {
    Scene scene = available(350, 0);
    scene.guestXml("<currentMemory unit='KiB'>131072", "<currentMemory unit='KiB'>65536");
    assertThat(scene.judge("memory-fits").status()).isEqualTo(Status.FAIL);
    scene.guestXml("<memballoon model='none'/>", "<memballoon model='virtio'/>");
    Finding finding = scene.judge("memory-fits");
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.message()).contains("needs 386 MiB when balloons are empty");
  }

  @Test
  void kernelThatDoesNotOvercommit() {
    Scene scene = Scene.healthy().destination("memory/overcommit", "2\n");
    scene.editDestination(
        "memory/meminfo",
        m ->
            m.replaceFirst("CommitLimit:.*", "CommitLimit: 1000000 kB")
                .replaceFirst("Committed_AS:.*", "Committed_AS: 900000 kB"));
    Finding finding = scene.judge("memory-fits");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).contains("promises only 98 MiB more");
    assertThat(scene.destination("memory/overcommit", "0\n").judge("memory-fits").status())
        .isEqualTo(Status.PASS);
  }

  @Test
  void unreadableMemoryIsNoPass() {
    assertThat(
            Scene.healthy()
                .destination("memory/meminfo", "MemTotal: 1 kB\n")
                .judge("memory-fits")
                .status())
        .isEqualTo(Status.ERROR);
  }

  @Test
  void guestsThatFitOneByOneMayNotFitTogether() {
    String second = "4c4c4544-1000-4000-8000-000000000033";
    Scene scene = available(700, 0);
    scene.editSource("guests/list", l -> l + second + "\n");
    for (String part : new String[] {"xml", "inactive", "migratable", "state"}) {
      String first = scene.textOf("guests/" + part + "." + Scene.GUEST);
      scene.source(
          "guests/" + part + "." + second,
          first.replace(Scene.GUEST, second).replace("<name>guest<", "<name>second<"));
    }
    scene.alsoAskedAbout(second);
    assertThat(scene.judge("memory-fits").status()).isEqualTo(Status.PASS);
    Finding finding = scene.judge("memory-fits-all");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .isEqualTo(
            "The judged guests need 772 MiB together, but only 700 MiB are left on hostB.lab with"
                + " swap: 72 MiB are lacking");
    scene.editDestination(
        "memory/meminfo", m -> m.replaceFirst("MemAvailable:.*", "MemAvailable: 9000000 kB"));
    assertThat(scene.judge("memory-fits-all").status()).isEqualTo(Status.PASS);
  }

  @Test
  void hugePagesOfTheDefaultSize() {
    Scene scene =
        onHugePages("")
            .destination(
                "memory/mounts",
                "hugetlbfs /dev/hugepages hugetlbfs rw,relatime,pagesize=2M 0 0\n");
    Finding few = scene.judge("huge-pages-free");
    assertThat(few.status()).isEqualTo(Status.FAIL);
    assertThat(few.message()).isEqualTo("guest needs 64 pages of 2048 KiB, hostB.lab has 0 free");
    assertThat(Scene.commands(few))
        .isEqualTo("hostB.lab: virsh -c qemu:///system allocpages 2048KiB 64 --add\n");
    scene.destination("memory/huge-pages", "hugepages-1048576kB 0 0\nhugepages-2048kB 100 64\n");
    assertThat(scene.judge("huge-pages-free").status()).isEqualTo(Status.PASS);
    assertThat(scene.judge("memory-fits").status()).isEqualTo(Status.SKIPPED);
  }

  @Test
  void hugePagesThatAreNotMounted() {
    Scene scene =
        onHugePages("<page size='1' unit='GiB'/>")
            .destination("memory/huge-pages", "hugepages-1048576kB 4 4\n");
    Finding finding = scene.judge("huge-pages-free");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).startsWith("hostB.lab has no hugetlbfs for pages of 1048576 KiB");
    assertThat(Scene.commands(finding))
        .contains("mount -t hugetlbfs -o pagesize=1048576K hugetlbfs /dev/hugepages-1048576K")
        .contains("systemctl restart libvirtd");
  }

  @Test
  void hugePagesByNode() {
    Scene scene =
        onHugePages(
                "<page size='2048' unit='KiB' nodeset='0,2-3,^2'/><page size='1' unit='G' nodeset='1'/>")
            .guestXml(
                "<model fallback='forbid'>",
                "<numa><cell id='0' memory='64' unit='MiB'/><cell id='1' memory='1' unit='GiB'/>"
                    + "<cell id='2' memory='64' unit='MiB'/><cell id='3' memory='2' unit='MiB'/></numa>"
                    + "<model fallback='forbid'>")
            .destination(
                "memory/mounts",
                "a /a hugetlbfs rw,pagesize=1024M 0 0\nb /b hugetlbfs rw,pagesize=2M 0 0\n")
            .destination("memory/huge-pages", "hugepages-2048kB 33 33\nhugepages-1048576kB 1 1\n");
    assertThat(scene.judge("huge-pages-free").status()).isEqualTo(Status.PASS);
    scene.destination("memory/huge-pages", "hugepages-2048kB 33 32\nhugepages-1048576kB 1 0\n");
    assertThat(scene.judge("huge-pages-free").message())
        .contains("needs 33 pages of 2048 KiB, hostB.lab has 32 free")
        .contains("needs 1 pages of 1048576 KiB, hostB.lab has 0 free");
  }
}
