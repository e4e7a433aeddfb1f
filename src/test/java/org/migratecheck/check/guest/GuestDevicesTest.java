package org.migratecheck.check.guest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Status;

class GuestDevicesTest {
  private static final String SHA = "sha256 " + "ab".repeat(32);
  private static final String LOG =
      "<serial type='pty'><log file='/srv/lines/web1.log'/><alias name='serial0'/></serial>";

  private static Status status(GuestScene scene, String id) {
    Finding finding = scene.judge(id);
    assertThat(finding.message()).isNotBlank().doesNotContain("{");
    return finding.status();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "guest-graphics",
        "guest-device-paths",
        "guest-character-ports",
        "guest-firmware",
        "guest-boot-files",
        "guest-tpm",
        "guest-vsock"
      })
  void plainGuestHasNothingToJudge(String id) {
    assertThat(status(GuestScene.with(""), id)).isEqualTo(Status.SKIPPED);
    GuestScene off = GuestScene.with("").source("guests/state." + GuestScene.UUID, "shut off\n");
    assertThat(status(off, id)).isEqualTo(Status.SKIPPED);
  }

  @Test
  void logsNeedTheirDirectory() {
    GuestScene there =
        GuestScene.with(LOG)
            .path("/srv/lines", "stat directory|40|0:0", "stat directory|40|0:0")
            .path("/srv/lines/web1.log", "stat regular file|9|0:0", "missing");
    assertThat(status(there, "guest-device-paths")).isEqualTo(Status.PASS);
    GuestScene missing =
        GuestScene.with(LOG).path("/srv/lines", "stat directory|40|0:0", "missing");
    Finding finding = missing.judge("guest-device-paths");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(GuestScene.commands(finding)).isEqualTo("hostB: mkdir -p /srv/lines");
    assertThat(status(GuestScene.with(LOG), "guest-device-paths")).isEqualTo(Status.ERROR);
    GuestScene hostile = GuestScene.with(LOG).path("/srv/lines", "stat x", "stat");
    assertThat(status(hostile, "guest-device-paths")).isEqualTo(Status.ERROR);
  }

  @ParameterizedTest
  @CsvSource({
    "<rng model='virtio'><backend model='random'>/dev/hwrng</backend><alias name='rng0'/></rng>,"
        + " /dev/hwrng, character special file, detach-device-alias",
    "<filesystem type='mount'><source dir='/srv/data'/><target dir='d'/></filesystem>, /srv/data,"
        + " directory, mkdir -p /srv/data",
    "<serial type='unix'><source mode='connect' path='/run/c'/></serial>, /run/c, socket, ''",
    "<serial type='dev'><source path='/dev/ttyS0'/></serial>, /dev/ttyS0, character special file,"
        + " detach-device-alias",
    "<interface type='vhostuser'><source type='unix' path='/run/v' mode='client'/></interface>,"
        + " /run/v, socket, ''",
    "<input type='evdev'><source dev='/dev/input/event1'/></input>, /dev/input/event1, character"
        + " special file, detach-device-alias",
    "<hostdev><rom file='/srv/card.rom'/></hostdev>, /srv/card.rom, regular file, ''",
    "<tpm><backend type='external'><source type='unix' mode='connect'"
        + " path='/run/tpm'/></backend></tpm>, /run/tpm, socket, ''",
  })
  void whatDevicesOpenMustBeThere(String device, String path, String type, String command) {
    String here = "stat " + type + "|0|0:0";
    Finding finding =
        GuestScene.with(device).path(path, here, "missing").judge("guest-device-paths");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).contains(path);
    assertThat(GuestScene.commands(finding)).contains(command);
    GuestScene there = GuestScene.with(device).path(path, here, here);
    assertThat(status(there, "guest-device-paths")).isEqualTo(Status.PASS);
    GuestScene other = GuestScene.with(device).path(path, here, "stat fifo|0|0:0");
    assertThat(status(other, "guest-device-paths")).isEqualTo(Status.FAIL);
  }

  @Test
  void pipesAndArguments() {
    String pipe = "<serial type='pipe'><source path='/srv/p'/></serial>";
    GuestScene there =
        GuestScene.with(pipe)
            .path("/srv/p", "missing", "missing")
            .path("/srv/p.in", "stat fifo|0|0:0", "stat fifo|0|0:0");
    assertThat(status(there, "guest-device-paths")).isEqualTo(Status.PASS);
    String arguments =
        "<commandline><arg value='-fw_cfg'/><arg value='name=opt/a,file=/srv/value'/>"
            + "<arg value='/not/a/file'/></commandline>";
    GuestScene missing =
        GuestScene.ending(arguments)
            .path("/srv/value", "stat regular file|6|0:0\n" + SHA, "missing")
            .path("/not/a/file", "missing", "missing");
    Finding finding = missing.judge("guest-device-paths");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).contains("/srv/value").doesNotContain("/not/a/file");
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, 7003, FAIL", "127.0.0.1, 7004, PASS", "10.77.0.11, 7004, FAIL"})
  void characterDevicesThatReceiveDatagrams(String address, String port, Status expected) {
    GuestScene scene =
        GuestScene.with(
            "<serial type='udp'><source mode='bind' host='%s' service='%s'/><source mode='connect' host='10.0.0.1' service='9'/></serial>"
                .formatted(address, port));
    scene.destination("migration-config/datagrams", "4 0100007F:1B5B\n");
    assertThat(status(scene, "guest-character-ports")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 5900, no, PASS",
    "localhost, 5900, no, PASS",
    "localhost, 22, no, PASS",
    "127.0.0.1, 4000, no, FAIL",
    "localhost, 4000, no, FAIL",
    "localhost, 4000, yes, SKIPPED",
    "10.77.0.12, 4000, no, FAIL",
    "10.77.0.12, 5900, no, FAIL",
    "10.77.0.1, 4000, no, SKIPPED",
  })
  void characterDevicesThatCallTheirHost(
      String address, String port, String again, Status expected) {
    GuestScene scene =
        GuestScene.with(
            "<redirdev bus='usb' type='tcp'><source mode='connect' host='%s' service='%s'><reconnect enabled='%s' timeout='9'/></source></redirdev>"
                .formatted(address, port, again));
    assertThat(status(scene, "guest-character-ports")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"rights r, rights , FAIL", "rights r, rights r, PASS", "rights , rights , PASS"})
  void romsThatTheUserOfQemuCannotRead(String here, String there, Status expected) {
    String file = "stat regular file|9|0:0\n" + SHA + "\n";
    GuestScene scene =
        GuestScene.with(
                "<interface type='bridge'><model type='virtio'/><rom file='/srv/x.rom'/></interface>")
            .path("/srv/x.rom", file + here, file + there);
    Finding finding = scene.judge("guest-device-paths");
    assertThat(finding.status()).isEqualTo(expected);
    if (expected == Status.FAIL) {
      assertThat(GuestScene.commands(finding)).contains("chmod o+r /srv/x.rom");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, 22, FAIL",
    "0.0.0.0, 7777, PASS",
    "10.77.0.11, 7777, FAIL",
    "127.0.0.1, 5900, FAIL"
  })
  void characterDevicesListen(String address, String port, Status expected) {
    GuestScene scene =
        GuestScene.with(
            "<serial type='tcp'><source mode='bind' host='"
                + address
                + "' service='"
                + port
                + "'/></serial>");
    assertThat(status(scene, "guest-character-ports")).isEqualTo(expected);
    GuestScene unreadable = scene.destination("migration-config/listening", "nonsense\n");
    if (!address.endsWith("11")) {
      assertThat(status(unreadable, "guest-character-ports")).isEqualTo(Status.ERROR);
    }
  }

  @Test
  void emulatedTpmNeedsItsProgram() {
    String tpm = "<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>";
    assertThat(status(GuestScene.with(tpm), "guest-tpm")).isEqualTo(Status.PASS);
    Finding missing =
        GuestScene.with(tpm).destination("guest-services/tpm", "end\n").judge("guest-tpm");
    assertThat(missing.status()).isEqualTo(Status.FAIL);
    assertThat(missing.message()).contains("has no swtpm");
    GuestScene older =
        GuestScene.with(tpm)
            .destination(
                "guest-services/tpm",
                "swtpm /usr/bin/swtpm 0.7.1\nswtpm_setup /usr/bin/swtpm_setup 0.7.1\nend\n");
    assertThat(status(older, "guest-tpm")).isEqualTo(Status.WARN);
    assertThat(status(GuestScene.with(tpm).destination("guest-services/tpm", "sw"), "guest-tpm"))
        .isEqualTo(Status.ERROR);
    String real = "<tpm><backend type='passthrough'><device path='/dev/tpm0'/></backend></tpm>";
    assertThat(status(GuestScene.with(real), "guest-tpm")).isEqualTo(Status.FAIL);
  }

  @Test
  void twoGuestsCannotShareTheirVsockAddress() {
    String vsock = "<vsock><cid auto='no' address='7'/></vsock>";
    assertThat(status(GuestScene.with(vsock), "guest-vsock")).isEqualTo(Status.PASS);
    GuestScene taken =
        GuestScene.with(vsock)
            .running(
                "99999999-2222-4333-8444-555555555555",
                "<domain><name>db1</name><devices><vsock><cid auto='yes'"
                    + " address='7'/></vsock></devices></domain>");
    assertThat(taken.judge("guest-vsock").message()).contains("db1");
    assertThat(
            status(GuestScene.with("<vsock><cid auto='yes' address='7'/></vsock>"), "guest-vsock"))
        .isEqualTo(Status.SKIPPED);
  }

  @ParameterizedTest
  @CsvSource({
    "<channel type='qemu-vdagent'><alias name='channel0'/></channel>, clipboard",
    "<video><model type='virtio'><acceleration accel3d='yes'/></model></video>, 3D",
    "<sound model='virtio'/>, virtio-sound",
    "<iommu model='amd'/>, amd-iommu",
    "<disk type='file' device='disk'><target dev='nvme0n1' bus='nvme'/></disk>, nvme",
    "<filesystem type='mount'><driver type='virtiofs'/><target dir='d'/></filesystem>, virtiofs",
  })
  void devicesThatQemuCannotSend(String device, String words) {
    Finding finding = GuestScene.with(device).judge("guest-devices-migratable");
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).contains(words);
  }

  @Test
  void newerVersionsMoveMore() {
    String newer =
        "Using library: libvirt 11.3.0\n"
            + "Running hypervisor: QEMU 10.1.0\n"
            + "Running against daemon: 11.3.0\n";
    GuestScene clipboard =
        GuestScene.with("<channel type='qemu-vdagent'/>").source("libvirt/version", newer);
    assertThat(status(clipboard, "guest-devices-migratable")).isEqualTo(Status.PASS);
    GuestScene virtiofs =
        GuestScene.with(
                "<filesystem type='mount'><driver type='virtiofs'/><target dir='d'/></filesystem>")
            .source("libvirt/version", newer);
    assertThat(status(virtiofs, "guest-devices-migratable")).isEqualTo(Status.FAIL);
    virtiofs
        .source("guest-services/virtiofs", "migrate-precopy\nend\n")
        .destination("guest-services/virtiofs", "migrate-precopy\nend\n");
    assertThat(status(virtiofs, "guest-devices-migratable")).isEqualTo(Status.WARN);
  }

  @ParameterizedTest
  @CsvSource({
    "'nvme,serial=1', FAIL",
    "'{\"driver\":\"usb-mtp\",\"rootdir\":\"/srv\"}', FAIL",
    "virtio-rng-pci, PASS",
  })
  void devicesPastLibvirt(String value, Status expected) {
    GuestScene scene =
        GuestScene.ending(
            "<commandline><arg value='-device'/><arg value='" + value + "'/></commandline>");
    assertThat(status(scene, "guest-devices-migratable")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "mandatory, 1d6b:0002 1 1, FAIL",
    "optional, 1d6b:0002 1 1, WARN",
    "requisite, 1d6b:0002 1 1, WARN",
    "mandatory, 046d:c534 1 2, WARN",
  })
  void usbDevicesAreLookedFor(String policy, String there, Status expected) {
    GuestScene scene =
        GuestScene.with(
                "<hostdev mode='subsystem' type='usb'><source startupPolicy='"
                    + policy
                    + "'><vendor id='0x046d'/><product id='0xc534'/></source></hostdev>")
            .destination("guest-services/usb", there + "\nend\n");
    assertThat(status(scene, "guest-host-devices")).isEqualTo(expected);
    scene.destination("guest-services/usb", there);
    assertThat(status(scene, "guest-host-devices")).isEqualTo(Status.ERROR);
  }
}
