package org.migratecheck.check.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Status;

/** A guest's disk on Fibre Channel; the samples are of two hosts with two fabrics (FCoE). */
final class FibreChannelTest {
  private static final String LUN = "360014057c9e3b5200014a109f00aabbc";
  private static final String SECOND = "360014057c9e3b5200024a109f00aabbc";

  @ParameterizedTest
  @CsvSource({
    "storage-fc, hostB reaches the LUNs of all 1 images of web1 on Fibre Channel",
    "fc-ports, All 2 Fibre Channel ports of hostA are online",
    "multipath-paths, All 2 multipath devices of web1 have all their paths",
    "block-devices-equal, The devices of all 1 images of web1 are equal on both hosts"
  })
  void twoHostsWithTwoPathsPass(String id, String message) throws Exception {
    Finding finding = judge(id, a(), b());
    assertThat(finding.status()).isEqualTo(Status.PASS);
    assertThat(finding.message()).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource({
    "storage-fc, fibre-channel/remote-ports",
    "storage-fc, block/attributes",
    "fc-ports, fibre-channel/hosts",
    "multipath-paths, block/multipath",
    "block-devices-equal, block/devices"
  })
  void cutEvidenceIsNoPass(String id, String part) throws Exception {
    assertThat(judge(id, a().truncated(part), b()).status()).isEqualTo(Status.ERROR);
    if (!id.equals("fc-ports")) {
      assertThat(judge(id, a(), b().truncated(part)).status()).isEqualTo(Status.ERROR);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "storage-fc, web1 has no image on Fibre Channel",
    "fc-ports, hostA has no Fibre Channel adapter",
    "multipath-paths, web1 has no image on a multipath device"
  })
  void hostsWithIscsiAloneAreSkipped(String id, String message) throws Exception {
    Finding finding =
        BlockScene.judge(
            id,
            BlockScene.ISCSI,
            BlockHost.iscsi("iscsi-ok-umlA.txt"),
            BlockHost.iscsi("iscsi-ok-umlB.txt"));
    assertThat(finding.status()).isEqualTo(Status.SKIPPED);
    assertThat(finding.message()).contains(message);
  }

  @Test
  void aPortWithoutLinkWarns() throws Exception {
    Finding finding = judge("fc-ports", linkDown(), b());
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.message())
        .contains("Fibre Channel port host6 (0x20005254009a0002) of hostA is Linkdown");
  }

  @Test
  void aPathLessOnTheDestinationWarns() throws Exception {
    Finding paths = judge("multipath-paths", a(), linkDown());
    assertThat(paths.status()).isEqualTo(Status.WARN);
    assertThat(paths.message()).contains("Only 1 of 2 paths of mpatha work on hostB (disk vda)");
    Finding lun = judge("storage-fc", a(), linkDown());
    assertThat(lun.status()).isEqualTo(Status.WARN);
    assertThat(lun.message()).contains("1 paths to LUN " + LUN + " (disk vda) work on hostB, 2");
    assertThat(lun.fix().command()).contains("/sys/class/scsi_host/host*/scan");
  }

  @Test
  void aMapWithASinglePathWarns() throws Exception {
    Finding finding = judge("multipath-paths", allDown(), allDown());
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.message())
        .contains("mpatha has a single path on hostA (disk vda)")
        .contains("mpatha has a single path on hostB (disk vda)");
  }

  @Test
  void aMapWithoutWorkingPathFails() throws Exception {
    Finding finding = BlockScene.judge("multipath-paths", "/dev/mapper/mpathb", a(), allDown());
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).contains("None of 1 paths of mpathb works on hostB (disk vda)");
  }

  @Test
  void aMapOfWhichNothingIsToldIsNoPass() throws Exception {
    Finding finding = judge("multipath-paths", a(), b().put("block/multipath"));
    assertThat(finding.status()).isEqualTo(Status.ERROR);
    assertThat(finding.message()).contains("nothing is known of the paths of mpatha");
  }

  @Test
  void aLunThatIsNotMappedFails() throws Exception {
    Finding finding = BlockScene.judge("storage-fc", "/dev/mapper/mpathb", a(), b());
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .contains("hostB sees the storage, but not LUN " + SECOND)
        .contains("LUN 1 at 0x20005254009a0001, 0x20005254009b0001");
    assertThat(finding.fix().text()).contains("0x20005254009a0003 (Online)");
    assertThat(finding.fix().command()).contains("/sys/class/scsi_host/host*/scan");
    assertThat(finding.fix().commands()).extracting("host").containsOnly("hostB");
  }

  @Test
  void aHostThatDoesNotSeeTheStorageMustBeZoned() throws Exception {
    Finding finding =
        BlockScene.judge(
            "storage-fc", "/dev/mapper/mpathb", a(), b().put("fibre-channel/remote-ports"));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .contains("hostB does not see the storage ports 0x20005254009a0001, 0x20005254009b0001");
  }

  @Test
  void aHostWithoutLinkOrAdapterFails() throws Exception {
    BlockHost down = b().replace("fibre-channel/hosts", "port_state:Online", "port_state:Linkdown");
    Finding finding = BlockScene.judge("storage-fc", "/dev/mapper/mpathb", a(), down);
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).contains("No Fibre Channel port of hostB has a link");
    Finding without = judge("storage-fc", a(), BlockHost.iscsi("iscsi-not-logged-in-umlB.txt"));
    assertThat(without.status()).isEqualTo(Status.FAIL);
    assertThat(without.message())
        .contains("hostB has no Fibre Channel adapter; disk vda of web1 is LUN " + LUN);
  }

  @Test
  void aLunWithoutWorkingPathFails() throws Exception {
    BlockHost down = b().replace("fibre-channel/remote-ports", "Online", "Blocked");
    Finding finding = judge("storage-fc", a(), down);
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).contains("No path of hostB to LUN " + LUN);
    assertThat(finding.fix().commands()).extracting("host").containsOnly("hostB");
  }

  @Test
  void aMapThatIsSmallerAndWriteProtectedFails() throws Exception {
    BlockHost protectedLun = BlockHost.fibreChannel("ok-fcb.txt", "read-only-fcb.txt");
    Finding here = judge("block-devices-equal", a(), protectedLun);
    assertThat(here.status()).isEqualTo(Status.FAIL);
    assertThat(here.message())
        .contains("has 536870912 bytes on hostA and 805306368 on hostB: hostA has not noticed")
        .contains("/dev/mapper/mpatha (disk vda) cannot be written on hostB");
    assertThat(here.fix().command())
        .contains("multipathd resize map mpatha")
        .contains("blockdev --setrw /dev/mapper/mpatha");
    Finding onlyProtected = judge("block-devices-equal", linkDown(), protectedLun);
    assertThat(onlyProtected.status()).isEqualTo(Status.FAIL);
    assertThat(onlyProtected.message()).doesNotContain("has not noticed");
  }

  @Test
  void pathsThatDisagreeAboutTheSizeWarn() throws Exception {
    Finding finding =
        judge(
            "block-devices-equal",
            a(),
            b().replace("block/attributes", "sdb/size:1048576", "sdb/size:1572864"));
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.message()).contains("The paths of mpatha on hostB disagree about its size");
    assertThat(finding.fix().command()).contains("/sys/block/dm-0/slaves/*/device/rescan");
  }

  @Test
  void aMultipathNameMustMeanTheSameLun() throws Exception {
    BlockHost swapped =
        a().replace("block/attributes", "dm-0/dm/name:mpatha", "dm-0/dm/name:mpathx")
            .replace("block/attributes", "dm-1/dm/name:mpathb", "dm-1/dm/name:mpatha")
            .link(BlockScene.MAP, "dm-1");
    Finding differs = judge("block-devices-equal", a(), swapped);
    assertThat(differs.status()).isEqualTo(Status.FAIL);
    assertThat(differs.message())
        .contains("name mpatha means LUN " + LUN + " on hostA and LUN " + SECOND + " on hostB");
    Finding other = judge("storage-fc", a(), swapped);
    assertThat(other.status()).isEqualTo(Status.FAIL);
    assertThat(other.message()).contains("/dev/mapper/mpatha is another device on hostB");
  }

  @Test
  void aLunOfAnotherMultipathNameIsFoundByItsIdentity() throws Exception {
    BlockHost renamed =
        b().replace("block/attributes", "dm/name:mpatha", "dm/name:mpathz")
            .link(BlockScene.MAP, "");
    Finding finding = judge("block-devices-equal", a(), renamed);
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .contains("LUN " + LUN + " is called mpatha on hostA and mpathz on hostB (disk vda)");
    assertThat(finding.fix().command())
        .contains(LUN + " mpatha >/etc/multipath/conf.d/mpatha.conf");
  }

  private static BlockHost a() throws IOException {
    return BlockHost.fibreChannel("ok-fca.txt", "ok-fca.txt");
  }

  private static BlockHost b() throws IOException {
    return BlockHost.fibreChannel("ok-fcb.txt", "ok-fcb.txt");
  }

  private static BlockHost linkDown() throws IOException {
    return BlockHost.fibreChannel("ok-fca.txt", "linkdown-fca.txt");
  }

  private static BlockHost allDown() throws IOException {
    return BlockHost.fibreChannel("ok-fca.txt", "all-paths-down-fca.txt");
  }

  private static Finding judge(String id, BlockHost source, BlockHost destination)
      throws Exception {
    return BlockScene.judge(id, BlockScene.MAP, source, destination);
  }
}
