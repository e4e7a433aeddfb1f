package org.migratecheck.check.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Status;

/** A guest's disk on a logical volume of a volume group on an iSCSI LUN. */
final class LvmTest {
  private static final String PATH = "/dev/vg_san/web1";
  private static final String GROUP = "qJZ0ak-Yb1V-0dXm-3sRt-8uLw-Kc5N-hE2pTf";
  private static final String VOLUME = "T7mWcv-Xd4H-ePqL-6kGz-1bJs-Ry9A-uN3oVi";
  private static final String DM_UUID = "LVM-" + (GROUP + VOLUME).replace("-", "");

  @Test
  void aVolumeThatIsActiveOnBothHostsPasses() throws Exception {
    Finding finding = judge(active(a(), "linear", "wz--n-"), active(b(), "linear", "wz--n-"));
    assertThat(finding.status()).isEqualTo(Status.PASS);
    assertThat(finding.message())
        .isEqualTo("The logical volumes of all 1 images of web1 are active on hostB");
  }

  @Test
  void aVolumeThatIsNotActiveMustBeActivated() throws Exception {
    Finding finding = judge(active(a(), "linear", "wz--n-"), seen(b(), "linear", "wz--n-"));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .contains("Logical volume vg_san/web1 (disk vda) is not active on hostB");
    assertThat(finding.fix().command()).contains("lvchange -ay vg_san/web1");
    assertThat(finding.fix().commands()).extracting("host").containsExactly("hostB");
  }

  @ParameterizedTest
  @CsvSource({"wz--ns", "wz--nc"})
  void aVolumeWithClusterLocksIsActivatedShared(String attributes) throws Exception {
    Finding finding = judge(active(a(), "linear", attributes), seen(b(), "linear", attributes));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.fix().command())
        .contains("vgchange --lock-start vg_san && lvchange -asy vg_san/web1");
    assertThat(finding.fix().commands()).extracting("host").containsExactly("hostA", "hostB");
  }

  @Test
  void aGroupThatIsNotSeenMustBePresented() throws Exception {
    Finding finding = judge(active(a(), "linear", "wz--n-"), b().put("lvm/volumes"));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .contains("LVM on hostB does not see volume group vg_san of disk vda");
    assertThat(finding.fix().command()).contains("vgchange -ay vg_san");
  }

  @Test
  void aThinVolumeFailsEvenWhereItIsActive() throws Exception {
    Finding finding = judge(active(a(), "thin", "wz--n-"), active(b(), "thin", "wz--n-"));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).contains("vg_san/web1 (disk vda) is a thin volume");
    assertThat(finding.fix().text()).contains("virsh blockcopy");
  }

  @Test
  void aVolumeOfWhichLvmTellsNothingIsNoPass() throws Exception {
    BlockHost source = active(a(), "linear", "wz--n-").put("lvm/volumes");
    Finding finding = judge(source, active(b(), "linear", "wz--n-"));
    assertThat(finding.status()).isEqualTo(Status.ERROR);
    assertThat(finding.message()).contains("LVM tells nothing of /dev/mapper/vg_san-web1");
  }

  @Test
  void cutEvidenceIsNoPass() throws Exception {
    BlockHost source = active(a(), "linear", "wz--n-");
    BlockHost destination = seen(b(), "linear", "wz--n-").truncated("lvm/volumes");
    assertThat(judge(source, destination).status()).isEqualTo(Status.ERROR);
    source = active(a(), "linear", "wz--n-").truncated("lvm/volumes");
    assertThat(judge(source, active(b(), "linear", "wz--n-")).status()).isEqualTo(Status.ERROR);
  }

  @Test
  void aDiskOnTheLunItselfHasNoVolume() throws Exception {
    Finding finding = BlockScene.judge("storage-lvm", BlockScene.ISCSI, a(), b());
    assertThat(finding.status()).isEqualTo(Status.SKIPPED);
    assertThat(finding.message()).contains("web1 has no image on a logical volume");
  }

  @Test
  void aVolumeThatGrewMustBeLoadedAgain() throws Exception {
    BlockHost grown =
        active(a(), "linear", "wz--n-")
            .replace("block/attributes", "dm-0/size:122880", "dm-0/size:126976");
    Finding finding =
        BlockScene.judge("block-devices-equal", PATH, grown, active(b(), "linear", "wz--n-"));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .contains("volume of disk vda has 65011712 bytes on hostA and 62914560 on hostB");
    assertThat(finding.fix().command()).contains("lvchange --refresh /dev/mapper/vg_san-web1");
  }

  private static Finding judge(BlockHost source, BlockHost destination) throws Exception {
    return BlockScene.judge("storage-lvm", PATH, source, destination);
  }

  private static BlockHost a() throws IOException {
    return BlockHost.iscsi("iscsi-ok-umlA.txt");
  }

  private static BlockHost b() throws IOException {
    return BlockHost.iscsi("iscsi-ok-umlB.txt");
  }

  /** As lvs prints it with the options of the probe. */
  private static BlockHost seen(BlockHost host, String segments, String attributes) {
    return host.put(
        "lvm/volumes", "  vg_san|" + GROUP + "|web1|" + VOLUME + "|" + segments + "|" + attributes);
  }

  private static BlockHost active(BlockHost host, String segments, String attributes) {
    return seen(host, segments, attributes)
        .mapped("dm-0", "vg_san-web1", DM_UUID, "122880", "sdb")
        .link(PATH, "dm-0");
  }
}
