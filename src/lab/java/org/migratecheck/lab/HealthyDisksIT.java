package org.migratecheck.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.migratecheck.lab.Lab.A;
import static org.migratecheck.lab.Lab.B;
import static org.migratecheck.lab.Lab.SHARED;
import static org.migratecheck.lab.Lab.STORE;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Disks that look odd and are sound: they must leave a pair READY, and the guest must move. */
@Tag("long")
@RequiresLab
final class HealthyDisksIT {
  private static final Duration SOON = Duration.ofSeconds(90);

  @BeforeEach
  void reset(Lab lab) {
    lab.reset();
  }

  @Test
  void filesOfManyKinds(Lab lab, LabReport report) {
    // A chain with relative names; the same read-only file on both hosts; a name that needs
    // quoting;
    // a directory that both hosts reach through a link; room that is shared on purpose.
    String copy =
        "truncate -s 16M /var/lib/libvirt/images/tools.img && ln -s " + SHARED + " /srv/web";
    lab.must(B, copy);
    lab.must(
        A,
        copy
            + " && cd "
            + SHARED
            + " && mkdir base && qemu-img create -q -f raw base/root.img 16M && qemu-img create -q"
            + " -f qcow2 -b base/root.img -F raw middle.qcow2 && qemu-img create -q -f qcow2 -b"
            + " middle.qcow2 -F qcow2 guest.qcow2 && truncate -s 16M \"it's a disk\" cluster.img"
            + " linked.img");
    String devices =
        file(
                "vdb",
                "driver name=\"qemu\" type=\"raw\"",
                "/var/lib/libvirt/images/tools.img",
                "<readonly/>")
            + file(
                "vdc",
                "driver name=\"qemu\" type=\"raw\" cache=\"writeback\"",
                SHARED + "/it's a disk",
                "")
            + file(
                "vdd",
                "driver name=\"qemu\" type=\"raw\" cache=\"none\"",
                SHARED + "/cluster.img",
                "<shareable/>")
            + file(
                "vde",
                "driver name=\"qemu\" type=\"raw\" cache=\"directsync\" io=\"native\""
                    + " discard=\"unmap\"",
                "/srv/web/linked.img",
                "")
            + "<disk type=\"file\" device=\"cdrom\"><target dev=\"sda\""
            + " bus=\"sata\"/><readonly/></disk>";
    moves(lab, report, "--disk", SHARED + "/guest.qcow2", "--format", "qcow2", "--device", devices);
  }

  @Test
  void volumesAndServers(Lab lab, LabReport report) {
    String pool =
        "virsh -q pool-define-as shared dir --target "
            + SHARED
            + " && virsh -q pool-start shared && virsh -q pool-autostart shared";
    lab.must(A, pool + " && virsh -q vol-create-as shared disk.img 16M");
    lab.must(B, pool);
    lab.must(
        STORE,
        "! [ -e /run/nbd.pid ] || { kill $(cat /run/nbd.pid); sleep 0.5; rm -f /run/nbd.pid; };"
            + " truncate -s 16M /srv/nbd.img && qemu-nbd --fork --pid-file /run/nbd.pid -f raw -t"
            + " -x disk -p 10809 --shared=0 /srv/nbd.img");
    String devices =
        "<disk type=\"volume\" device=\"disk\"><driver name=\"qemu\" type=\"raw\""
            + " cache=\"none\"/><source pool=\"shared\" volume=\"disk.img\"/><target dev=\"vdb\""
            + " bus=\"virtio\"/></disk><disk type=\"network\" device=\"disk\"><driver name=\"qemu\""
            + " type=\"raw\"/><source protocol=\"nbd\" name=\"disk\"><host name=\"store.lab\""
            + " port=\"10809\"/></source><target dev=\"vdc\" bus=\"virtio\"/></disk><disk"
            + " type=\"network\" device=\"disk\"><driver name=\"qemu\" type=\"raw\"/><source"
            + " protocol=\"gluster\" name=\"vol0/gluster.img\"><host name=\"store.lab\""
            + " port=\"24007\"/></source><target dev=\"vdd\" bus=\"virtio\"/></disk>";
    lab.must(
        A, "truncate -s 16M " + SHARED + "/gluster.img && chmod 666 " + SHARED + "/gluster.img");
    moves(lab, report, "--device", devices);
  }

  private static String file(String target, String driver, String path, String more) {
    return "<disk type=\"file\" device=\"disk\"><"
        + driver
        + "/><source file=\""
        + path
        + "\"/><target dev=\""
        + target
        + "\" bus=\"virtio\"/>"
        + more
        + "</disk>";
  }

  private static void moves(Lab lab, LabReport report, String... options) {
    Guest guest = Guest.start(lab, A, "guest", options);
    Tool.Run run = Tool.check(lab, A, B);
    report.matrix().count(Requirement.STORAGE, true, run.verdict());
    assertThat(run.verdict()).as(run.summary()).isEqualTo("READY");
    Migration migration = Migration.live(lab, guest, A, B, SOON);
    assertThat(migration.arrived()).as(migration.summary()).isTrue();
    assertThat(guest.ticksPast(B, 0, SOON)).as("it goes on counting").isTrue();
    assertThat(List.of(guest.state(A), guest.state(B))).last().isEqualTo("running");
  }
}
