package org.migratecheck.check.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Status;

/** Devices of DRBD 9 (drbdsetup's JSON) and 8.4 (/proc/drbd), and devices that a host uses itself. */
final class DrbdTest {
  private static final String PATH = "/dev/drbd10";
  private static final String SHOW =
      "resource \"web\" {\n    options {\n        auto-promote yes;\n    }\n    net {\n"
          + "        allow-two-primaries     yes;\n    }\n    device minor 10;\n}";

  @Test
  void twoPrimaries() throws Exception {
    Finding finding = judge(host("Primary", SHOW), host("Secondary", SHOW));
    assertThat(finding.status()).as(finding.message()).isEqualTo(Status.PASS);
  }

  @Test
  void onePrimary() throws Exception {
    String one = SHOW.replace("        allow-two-primaries     yes;\n", "");
    Finding finding = judge(host("Primary", one), host("Secondary", one));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).contains("Resource web (disk vda) allows one primary only");
    assertThat(finding.fix().command())
        .contains("drbdadm net-options --allow-two-primaries=yes web");
  }

  @Test
  void notPromotedByOpening() throws Exception {
    String manual = SHOW.replace("auto-promote yes", "auto-promote no");
    Finding finding = judge(host("Primary", manual), host("Secondary", manual));
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.fix().command()).contains("drbdadm primary web");
  }

  @Test
  void outOfSyncOrAway() throws Exception {
    BlockHost stale = host("Secondary", SHOW).replace("drbd/status", "\"disk-state\": \"UpToDate\"", "\"disk-state\": \"Inconsistent\"");
    assertThat(judge(host("Primary", SHOW), stale).message()).contains("on hostB is Inconsistent");
    BlockHost alone = host("Primary", SHOW).replace("drbd/status", "\"Connected\"", "\"StandAlone\"");
    assertThat(judge(alone, host("Secondary", SHOW)).message())
        .contains("is not connected to an up-to-date copy");
    assertThat(judge(host("Primary", SHOW), device().put("drbd/status").put("drbd/proc").put("drbd/show")).message())
        .contains("Resource web (disk vda) is not there on hostB");
  }

  @Test
  void oldVersion() throws Exception {
    String line = "10: cs:Connected ro:Primary/Secondary ds:UpToDate/UpToDate C r-----";
    BlockHost a = device().put("drbd/status").put("drbd/proc", line).put("drbd/show", SHOW.split("\n"));
    BlockHost b =
        device()
            .put("drbd/status")
            .put("drbd/proc", line.replace("Primary/Secondary", "Secondary/Primary"))
            .put("drbd/show", SHOW.split("\n"));
    Finding finding = judge(a, b);
    assertThat(finding.message()).contains("hostB is secondary for web");
    b.replace("drbd/proc", "Secondary/Primary", "Primary/Primary");
    assertThat(judge(a, b).status()).isEqualTo(Status.PASS);
  }

  @Test
  void whatMakesNoSenseIsNoPass() throws Exception {
    BlockHost odd = device().put("drbd/status", "{").put("drbd/proc").put("drbd/show");
    assertThat(judge(odd, host("Secondary", SHOW)).status()).isEqualTo(Status.ERROR);
  }

  @Test
  void deviceThatTheHostHasMounted() throws Exception {
    BlockHost plain = host("Primary", SHOW);
    Finding free = BlockScene.judge("disk-held", PATH, plain, host("Secondary", SHOW));
    assertThat(free.status()).as(free.message()).isEqualTo(Status.PASS);
    BlockHost mounted =
        host("Secondary", SHOW)
            .put(
                "mounts/mountinfo",
                "1 0 0:307 / / rw - overlay overlay rw",
                "2 1 147:10 / /mnt rw,relatime - ext4 /dev/drbd10 rw");
    Finding finding = BlockScene.judge("disk-held", PATH, plain, mounted);
    assertThat(finding.status()).isEqualTo(Status.FAIL);
    assertThat(finding.message()).contains("hostB has mounted /dev/drbd10");
    assertThat(finding.fix().command()).contains("umount /mnt");
  }

  @Test
  void guestsOwnVolumesActiveOnTheHost() throws Exception {
    BlockHost active =
        host("Secondary", SHOW)
            .mapped("dm-7", "vg_guest-root", "LVM-" + "a".repeat(64), "2048", "drbd10");
    Finding finding = BlockScene.judge("disk-held", PATH, host("Primary", SHOW), active);
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.fix().command()).contains("lvchange -an /dev/mapper/vg_guest-root");
  }

  private static Finding judge(BlockHost source, BlockHost destination) throws Exception {
    return BlockScene.judge("storage-drbd", PATH, source, destination);
  }

  private static BlockHost device() throws IOException {
    return BlockHost.iscsi("iscsi-ok-umlA.txt").plain("drbd10", "147:10", "2048").link(PATH, "drbd10");
  }

  private static BlockHost host(String role, String show) throws IOException {
    String json =
        "[{\"name\": \"web\", \"role\": \""
            + role
            + "\", \"devices\": [{\"volume\": 0, \"minor\": 10, \"disk-state\": \"UpToDate\"}],"
            + " \"connections\": [{\"peer-node-id\": 1, \"connection-state\": \"Connected\","
            + " \"peer_devices\": [{\"volume\": 0, \"peer-disk-state\": \"UpToDate\"}]}]}]";
    return device().put("drbd/status", json).put("drbd/proc").put("drbd/show", show.split("\n"));
  }
}
