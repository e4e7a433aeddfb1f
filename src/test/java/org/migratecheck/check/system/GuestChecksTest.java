package org.migratecheck.check.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Status;

class GuestChecksTest {
  private static final String OTHER = "99999999-2222-4333-8444-555555555555";

  @ParameterizedTest
  @CsvSource({
    "running (booted), PASS",
    "running (migrated), PASS",
    "paused (user), PASS",
    "paused (starting up), PASS",
    "shut off (destroyed), FAIL",
    "crashed (panicked), FAIL",
    "pmsuspended (unknown), FAIL",
    "in shutdown (user), FAIL",
    "paused (I/O error), FAIL",
    "paused (migrating), FAIL",
    "paused (post-copy failed), FAIL",
    "no state, FAIL",
  })
  void onlyMemoryCanBeMoved(String state, Status status) {
    Finding finding = Scene.healthy().guestState(state + "\n\n").judge("guest-running");
    assertThat(finding.status()).isEqualTo(status);
    if (status == Status.PASS) {
      assertThat(finding.message()).isEqualTo("guest is " + state);
    }
  }

  @Test
  void guestThatDoesNotRunIsOnlyBlamedOnce() {
    Scene scene = Scene.healthy().guestState("shut off (shutdown)\n").withoutLink();
    assertThat(Scene.commands(scene.judge("guest-running")))
        .isEqualTo("hostA.lab: virsh -c qemu:///system start " + Scene.GUEST + "\n");
    for (String id :
        new String[] {
          "guest-snapshots",
          "guest-jobs",
          "guest-host-devices",
          "guest-devices-migratable",
          "guest-qemu-not-newer",
          "guest-cpu-on-destination",
          "guest-cpu-passthrough",
          "emulator-on-destination",
          "machine-type-on-destination",
          "destination-accepts-guest"
        }) {
      assertThat(scene.judge(id).status()).as(id).isEqualTo(Status.SKIPPED);
    }
  }

  @Test
  void snapshotsAreForgottenForTheMove() {
    Finding finding =
        Scene.healthy()
            .linkSource("guest-state/snapshots", 0, "before update\nclean\n\n", "")
            .judge("guest-snapshots");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).isEqualTo("guest has 2 snapshots: before update, clean");
    assertThat(finding.errors()).containsExactly("cannot migrate domain with 2 snapshots");
    assertThat(Scene.commands(finding))
        .contains("snapshot-delete " + Scene.GUEST + " \"$s\" --metadata");
  }

  @Test
  void jobsAreInTheWay() {
    Finding backup =
        Scene.healthy()
            .linkSource(
                "guest-state/job",
                0,
                "Job type:         Unbounded   \nOperation:        Backup      \n",
                "")
            .linkSource("guest-state/block-jobs", 0, "disk vda\n type=Backup\n", "")
            .judge("guest-jobs");
    assertThat(backup.status()).isEqualTo(Status.FAIL);
    assertThat(backup.message()).isEqualTo("guest is busy with a job: Backup");
    Finding copy =
        Scene.healthy()
            .linkSource(
                "guest-state/block-jobs",
                0,
                "disk vda\n type=Block Copy\n bandwidth=0\n cur=1\n end=2\ndisk vdb\n",
                "")
            .judge("guest-jobs");
    assertThat(copy.message()).isEqualTo("guest runs a block job on disk vda: Block Copy");
    assertThat(Scene.commands(copy))
        .isEqualTo("hostA.lab: virsh -c qemu:///system blockjob " + Scene.GUEST + " vda --abort\n");
  }

  @Test
  void unansweredQuestionsAreNoPass() {
    String gone = "error: failed to connect to the hypervisor\n";
    Scene scene = Scene.healthy().linkSource("guest-state/snapshots", 1, "", gone);
    assertThat(scene.judge("guest-snapshots").status()).isEqualTo(Status.ERROR);
    assertThat(scene.judge("guest-jobs").status()).isEqualTo(Status.ERROR);
  }

  @Test
  void devicesOfTheHostStayBehind() {
    Scene scene =
        Scene.healthy()
            .guestXml(
                "<memballoon model='none'/>",
                """
                <hostdev mode='subsystem' type='pci' managed='yes'>
                  <driver name='vfio'/>
                  <source><address domain='0x0000' bus='0x3b' slot='0x02' function='0x1'/></source>
                  <alias name='hostdev0'/>
                </hostdev>
                <hostdev mode='subsystem' type='usb'>
                  <source><vendor id='0x046d'/><product id='0xc534'/></source>
                  <alias name='hostdev1'/>
                </hostdev>
                <hostdev mode='subsystem' type='mdev' model='vfio-pci'>
                  <source><address uuid='c2177883-f1bb-47f0-914d-32a22e3a8804'/></source>
                  <alias name='hostdev2'/>
                </hostdev>
                <interface type='hostdev' managed='yes'>
                  <source><address type='pci' domain='0x0000' bus='0x3b' slot='0x03' function='0x0'/></source>
                  <teaming type='transient' persistent='ua-backup'/>
                </interface>
                """)
            .destination("guest-services/usb", "end\n");
    Finding finding = scene.judge("guest-host-devices");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .isEqualTo(
            """
            guest has a pci device of hostA.lab: 0000:3b:02.1
            guest has a mdev device of hostA.lab: c2177883-f1bb-47f0-914d-32a22e3a8804
            guest has a USB device of hostA.lab: 046d:c534\
            """);
    assertThat(Scene.commands(finding))
        .contains("detach-device-alias " + Scene.GUEST + " hostdev0 --live");
    assertThat(finding.observed()).hasSize(4);
  }

  @Test
  void devicesThatNobodyCanMigrate() {
    Scene scene =
        Scene.healthy()
            .both("guest-services/virtiofs", "end\n")
            .guestXml(
                "<memballoon model='none'/>",
                """
                <filesystem type='mount'><driver type='virtiofs'/><target dir='data'/></filesystem>
                <filesystem type='mount'><target dir='legacy'/></filesystem>
                <disk type='file' device='disk'><target dev='vdz'/><transient/></disk>
                <shmem name='ring' role='peer'/>
                <shmem name='fine' role='master'/>
                """)
            .guestXml(
                "<feature policy='require' name='hypervisor'/>",
                "<feature policy='require' name='invtsc'/>")
            .guestXml("<clock offset='utc'/>", "<launchSecurity type='sev'/><clock offset='utc'/>");
    Finding finding = scene.judge("guest-devices-migratable");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .contains("virtiofs file system 'data'")
        .contains("Disk vdz of guest is transient")
        .contains("shared memory 'ring'")
        .contains("feature invtsc")
        .contains("encrypted (sev)")
        .doesNotContain("fine");
    scene.guestXml(
        "<clock offset='utc'/>",
        "<clock offset='utc'><timer name='tsc' frequency='2600000000'/></clock>");
    assertThat(scene.judge("guest-devices-migratable").message()).doesNotContain("invtsc");
    Scene mounted =
        Scene.healthy()
            .guestXml(
                "<memballoon model='none'/>",
                "<filesystem type='mount'><target dir='legacy'/></filesystem>");
    assertThat(mounted.judge("guest-devices-migratable").status()).isEqualTo(Status.ERROR);
  }

  @Test
  void nameOfAnotherGuest() {
    Scene off = Scene.healthy().guestThere("guest", OTHER, "shut off (unknown)");
    Finding finding = off.judge("guest-name-free");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.errors())
        .containsExactly("operation failed: domain 'guest' already exists with uuid " + OTHER);
    assertThat(Scene.commands(finding))
        .isEqualTo("hostB.lab: virsh -c qemu:///system domrename " + OTHER + " guest-99999999\n");
    Finding running =
        Scene.healthy().guestThere("guest", OTHER, "running (booted)").judge("guest-name-free");
    assertThat(running.status()).isEqualTo(Status.FAIL);
    assertThat(running.fix().commands()).isEmpty();
  }

  @Test
  void sameGuestUnderAnotherNameOrRunningTwice() {
    Finding renamed =
        Scene.healthy()
            .guestThere("old name", Scene.GUEST, "shut off (unknown)")
            .judge("guest-name-free");
    assertThat(renamed.status()).isEqualTo(Status.FAIL);
    assertThat(Scene.commands(renamed)).contains("domrename " + Scene.GUEST + " guest");
    Finding twice =
        Scene.healthy()
            .guestThere("guest", Scene.GUEST, "running (booted)")
            .judge("guest-name-free");
    assertThat(twice.status()).isEqualTo(Status.FAIL);
    assertThat(twice.message()).contains("while it runs on hostA.lab");
  }

  @Test
  void sameGuestShutOffThereIsNoObstacle() {
    Finding finding =
        Scene.healthy()
            .guestThere("guest", Scene.GUEST, "shut off (migrated)")
            .judge("guest-name-free");
    assertThat(finding.status()).isEqualTo(Status.PASS);
    assertThat(finding.message()).endsWith("(defined there and shut off)");
    assertThat(
            Scene.healthy().guestThere("other", OTHER, "running").judge("guest-name-free").status())
        .isEqualTo(Status.PASS);
  }
}
