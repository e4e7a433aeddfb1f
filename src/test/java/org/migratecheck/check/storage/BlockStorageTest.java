package org.migratecheck.check.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.migratecheck.model.Finding;
import org.migratecheck.model.ProbeOutput;
import org.migratecheck.model.ProbeOutput.Completeness;
import org.migratecheck.model.Status;

/** A guest's disk on iSCSI; the samples are of two hosts and a target that were run for them. */
final class BlockStorageTest {
  private static final String A = "iscsi-ok-umlA.txt";
  private static final String B = "iscsi-ok-umlB.txt";
  private static final String WWN = "/dev/disk/by-id/wwn-0x60014054c4c454400014000800000000";
  private static final String A_NAME = "initiatorname:iqn.1994-05.com.redhat:umla";
  private static final String PORTAL = "10.77.0.29:3260";

  @ParameterizedTest
  @CsvSource({
    "block-devices-equal, The devices of all 1 images of web1 are equal on both hosts",
    "storage-iscsi, hostB has sessions with the LUNs of all 1 images of web1 on iSCSI",
    "iscsi-initiator-unique, The hosts have different iSCSI initiator names"
  })
  void twoHostsWithTheSameLunPass(String id, String message) throws Exception {
    Finding finding = judge(id, BlockHost.iscsi(A), BlockHost.iscsi(B));
    assertThat(finding.status()).isEqualTo(Status.PASS);
    assertThat(finding.message()).isEqualTo(message);
    assertThat(finding.fix().command()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "block-devices-equal, block/attributes",
    "block-devices-equal, block/slaves",
    "storage-iscsi, iscsi/sessions",
    "storage-iscsi, block/devices",
    "iscsi-initiator-unique, iscsi/initiator"
  })
  void cutEvidenceIsNoPass(String id, String part) throws Exception {
    Finding there = judge(id, BlockHost.iscsi(A), BlockHost.iscsi(B).truncated(part));
    assertThat(there.status()).isEqualTo(Status.ERROR);
    assertThat(there.message()).contains("hostB");
    Finding here = judge(id, BlockHost.iscsi(A).truncated(part), BlockHost.iscsi(B));
    assertThat(here.status()).isEqualTo(Status.ERROR);
    assertThat(here.message()).contains("hostA");
  }

  @Test
  void aDeviceOfUnknownSizeIsNoPass() throws Exception {
    BlockHost destination =
        BlockHost.iscsi(B).replace("block/attributes", "/sys/class/block/sdb/size:131072", "");
    Finding finding = judge("block-devices-equal", BlockHost.iscsi(A), destination);
    assertThat(finding.status()).isEqualTo(Status.ERROR);
    assertThat(finding.message()).contains("nothing is known of 'size' of block device sdb");
  }

  @Test
  void aLunThatGrewMustBeScannedAgainWhereItIsSmaller() throws Exception {
    Finding there =
        judge(
            "block-devices-equal",
            BlockHost.iscsi("iscsi-grown-umlA.txt"),
            BlockHost.iscsi("iscsi-grown-not-rescanned-umlB.txt"));
    assertThat(there.status()).isEqualTo(Status.FAIL);
    assertThat(there.message())
        .contains("has 83886080 bytes on hostA and 67108864 on hostB: hostB has not noticed");
    assertThat(there.fix().command())
        .contains("echo 1 >/sys/class/block/sdb/device/rescan")
        .contains("hostB");
    Finding here =
        judge("block-devices-equal", BlockHost.iscsi(B), BlockHost.iscsi("iscsi-grown-umlA.txt"));
    assertThat(here.status()).isEqualTo(Status.FAIL);
    assertThat(here.message()).contains("hostA has not noticed the growth");
    assertThat(here.fix().commands()).extracting("host").containsExactly("hostA");
  }

  @Test
  void aWriteProtectedLunFails() throws Exception {
    Finding finding =
        judge(
            "block-devices-equal", BlockHost.iscsi(A), BlockHost.iscsi("iscsi-read-only-umlB.txt"));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).contains("/dev/sdb (disk vda) cannot be written on hostB");
    assertThat(finding.fix().command()).contains("blockdev --setrw /dev/sdb");
  }

  @Test
  void otherSectorsFail() throws Exception {
    Finding finding =
        judge(
            "block-devices-equal",
            BlockHost.iscsi(A),
            BlockHost.iscsi(B)
                .replace(
                    "block/attributes",
                    "sdb/queue/logical_block_size:512",
                    "sdb/queue/logical_block_size:4096"));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).contains("sectors of 512 bytes on hostA and of 4096 bytes");
  }

  @Test
  void aHostWithoutSessionMustLogIn() throws Exception {
    Finding finding =
        judge("storage-iscsi", BlockHost.iscsi(A), BlockHost.iscsi("iscsi-not-logged-in-umlB.txt"));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .contains("hostB has no session with iqn.2026-01.lab.san:store at " + PORTAL)
        .contains(BlockScene.ISCSI);
    assertThat(finding.fix().command())
        .contains("iscsiadm -m discovery -t sendtargets -p " + PORTAL)
        .contains("-T iqn.2026-01.lab.san:store -p " + PORTAL + " --login");
    assertThat(finding.fix().commands()).extracting("host").containsOnly("hostB");
  }

  @ParameterizedTest
  @CsvSource({"closed, true", "open, false"})
  void aPortalThatTakesNoConnectionIsNamed(String answer, boolean named) throws Exception {
    String text = "server 10.77.0.29 3260\naddress 10.77.0.29\n" + answer + "\nend\n";
    Finding finding =
        BlockScene.judge(
            "storage-iscsi",
            BlockScene.ISCSI,
            BlockHost.iscsi(A),
            BlockHost.iscsi("iscsi-not-logged-in-umlB.txt"),
            Map.of("storage-servers/0", new ProbeOutput(Completeness.COMPLETE, 0, text, "", 1)));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message().contains("hostB cannot connect to the iSCSI portal " + PORTAL))
        .isEqualTo(named);
  }

  @ParameterizedTest
  @CsvSource({"iscsi-lun-not-mapped-umlB.txt", "iscsi-other-lun-umlB.txt"})
  void aSessionWithoutTheLunFails(String sample) throws Exception {
    Finding finding = judge("storage-iscsi", BlockHost.iscsi(A), BlockHost.iscsi(sample));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .contains("hostB has a session with iqn.2026-01.lab.san:store, but not LUN 1");
    assertThat(finding.fix().text()).contains("to the initiator iqn.1994-05.com.redhat:umlb");
    assertThat(finding.fix().command()).contains("iscsiadm -m session --rescan");
  }

  @Test
  void aSessionThatFailedIsNone() throws Exception {
    BlockHost failed =
        BlockHost.iscsi(B).replace("iscsi/sessions", "state:LOGGED_IN", "state:FAILED");
    Finding there = judge("storage-iscsi", BlockHost.iscsi(A), failed);
    assertThat(there.status()).isEqualTo(Status.FAIL);
    assertThat(there.message()).contains("session of hostB").contains("FAILED running");
    assertThat(there.fix().commands()).extracting("host").containsOnly("hostB");
    Finding here = judge("storage-iscsi", failed, BlockHost.iscsi(A));
    assertThat(here.status()).isEqualTo(Status.FAIL);
    assertThat(here.message()).contains("session of hostA");
    assertThat(here.fix().commands()).extracting("host").containsOnly("hostA");
  }

  @Test
  void aNameThatMeansAnotherLunFails() throws Exception {
    Finding finding =
        BlockScene.judge(
            "storage-iscsi",
            "/dev/sdb",
            BlockHost.iscsi(A).link("/dev/sdb", "sdb"),
            BlockHost.iscsi(B).link("/dev/sdb", "sda"));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message())
        .contains("/dev/sdb is another device on hostB; the LUN of disk vda is /dev/sdb there");
    Finding byId =
        BlockScene.judge(
            "storage-iscsi",
            WWN,
            BlockHost.iscsi(A).link(WWN, "sdb"),
            BlockHost.iscsi(B).link(WWN, "sdb"));
    assertThat(byId.status()).isEqualTo(Status.PASS);
  }

  @Test
  void aDiskOnFibreChannelIsNoMatterOfIscsi() throws Exception {
    BlockHost host = BlockHost.fibreChannel("ok-fca.txt", "ok-fca.txt");
    Finding finding = BlockScene.judge("storage-iscsi", BlockScene.MAP, host, host);
    assertThat(finding.status()).isEqualTo(Status.SKIPPED);
    assertThat(finding.message()).contains("web1 has no image on iSCSI");
  }

  @Test
  void aDiskThatIsMissingOnTheSourceHasNoDevice() throws Exception {
    Finding finding =
        BlockScene.judge(
            "block-devices-equal", "/dev/gone", BlockHost.iscsi(A), BlockHost.iscsi(B));
    assertThat(finding.status()).isEqualTo(Status.SKIPPED);
    assertThat(finding.message()).contains("web1 has no image on a block device");
  }

  @Test
  void twoHostsOfOneInitiatorNameFail() throws Exception {
    BlockHost clone =
        BlockHost.iscsi(B)
            .replace("iscsi/sessions", "initiatorname:iqn.1994-05.com.redhat:umlb", A_NAME)
            .put("iscsi/initiator", "iqn.1994-05.com.redhat:umla");
    Finding used = judge("iscsi-initiator-unique", BlockHost.iscsi(A), clone);
    assertThat(used.status()).isEqualTo(Status.FAIL);
    assertThat(used.message()).contains("Both hosts call themselves iqn.1994-05.com.redhat:umla");
    assertThat(used.fix().command()).contains("iscsi-iname").contains("restart iscsid");
    Finding unused =
        judge(
            "iscsi-initiator-unique",
            BlockHost.iscsi(A).put("iscsi/sessions"),
            clone.put("iscsi/sessions"));
    assertThat(unused.status()).isEqualTo(Status.WARN);
    assertThat(unused.message()).contains("neither uses iSCSI now");
  }

  @Test
  void theNameThatCountsIsTheOneThatTheSessionLoggedInBy() throws Exception {
    BlockHost renamed = BlockHost.iscsi(B).put("iscsi/initiator", "iqn.1994-05.com.redhat:umla");
    Finding next = judge("iscsi-initiator-unique", BlockHost.iscsi(A), renamed);
    assertThat(next.status()).isEqualTo(Status.WARN);
    assertThat(next.message())
        .contains("iqn.1994-05.com.redhat:umla would be the name of both hosts");
    assertThat(next.fix().command()).contains("iscsi-iname").doesNotContain("iscsiadm");

    BlockHost clone =
        BlockHost.iscsi(B)
            .replace("iscsi/sessions", "initiatorname:iqn.1994-05.com.redhat:umlb", A_NAME);
    Finding now = judge("iscsi-initiator-unique", BlockHost.iscsi(A), clone);
    assertThat(now.status()).isEqualTo(Status.FAIL);
    assertThat(now.fix().commands())
        .extracting("command")
        .last()
        .asString()
        .contains("iscsiadm -m session");

    BlockHost silent =
        renamed.replace(
            "iscsi/sessions", "initiatorname:iqn.1994-05.com.redhat:umlb", "initiatorname:(null)");
    Finding untold = judge("iscsi-initiator-unique", BlockHost.iscsi(A), silent);
    assertThat(untold.status()).isEqualTo(Status.FAIL);
  }

  @Test
  void aHostWithoutInitiatorHasNoName() throws Exception {
    Finding finding =
        judge(
            "iscsi-initiator-unique",
            BlockHost.iscsi(A),
            BlockHost.iscsi(B).put("iscsi/initiator").put("iscsi/sessions"));
    assertThat(finding.status()).isEqualTo(Status.SKIPPED);
    assertThat(finding.message()).contains("hostA or hostB has no iSCSI initiator");
  }

  private static Finding judge(String id, BlockHost source, BlockHost destination)
      throws Exception {
    return BlockScene.judge(id, BlockScene.ISCSI, source, destination);
  }
}
