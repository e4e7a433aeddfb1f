package org.migratecheck.check.guest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Status;

/** The forecast from what the probes print; the outputs are those of libvirt 9.0. */
class GuestForecastTest {
  private static final String UUID = GuestScene.UUID;

  private static GuestScene scene(int one, int two) {
    return GuestScene.with("")
        .onSource("memory-pace", "")
        .onSource("memory-pace/before", rate(0, 0, 0, 0))
        .onSource("memory-pace/use-1", use("1000.10", 500_000_000_000L, 1_000_000))
        .onSource("memory-pace/use-2", use("1004.10", 500_100_000_000L, 5_000_000))
        .onSource(
            "memory-pace/begin-1", "Start to calculate domain's memory dirty rate successfully.\n")
        .onSource(
            "memory-pace/begin-2", "Start to calculate domain's memory dirty rate successfully.\n")
        .onSource("memory-pace/result-1", rate(2, 12702, 1, one))
        .onSource("memory-pace/result-2", rate(2, 12704, 2, two / 2))
        .onSource("memory-pace/links-1", "up 1000.00\n./eth0/statistics/tx_bytes:1000\nend\n")
        .onSource("memory-pace/links-2", "up 1004.00\n./eth0/statistics/tx_bytes:4001000\nend\n")
        .onSource("guest-speed/pause." + UUID, "300\n");
  }

  private static GuestScene measured(GuestScene scene, String copied) {
    return scene
        .onSource("link-bandwidth", "")
        .onSource(
            "link-bandwidth/stream", "1014+20 records in\n1014+20 records out\n" + copied + "\n");
  }

  private static String use(String uptime, long cpu, long written) {
    return "up "
        + uptime
        + "\n"
        + "Domain: 'web1'\n"
        + "  balloon.current=2097152\n"
        + "  balloon.maximum=2097152\n"
        + "  balloon.rss=1153433\n"
        + "  vcpu.current=2\n"
        + "  vcpu.maximum=2\n"
        + "  vcpu.0.state=1\n"
        + "  vcpu.0.time="
        + cpu
        + "\n  block.count=1\n  block.0.name=vda\n  block.0.wr.bytes="
        + written
        + "\n";
  }

  private static String rate(int status, int start, int period, int megabytes) {
    return "Domain: 'web1'\n  dirtyrate.calc_status="
        + status
        + "\n  dirtyrate.calc_start_time="
        + start
        + "\n  dirtyrate.calc_period="
        + period
        + "\n  dirtyrate.calc_mode=page-sampling\n"
        + (status == 2 ? "  dirtyrate.megabytes_per_second=" + megabytes + "\n" : "");
  }

  private static final String GIGABIT = "67108864 bytes (67 MB, 64 MiB) copied, 0.58 s, 116 MB/s";

  @Test
  void aQuietGuestConverges() {
    Finding finding = measured(scene(4, 6), GIGABIT).judge("guest-converges");
    assertThat(finding.status()).as(finding.message()).isEqualTo(Status.PASS);
    // 1126 MiB at 110 MiB/s
    assertThat(finding.message()).contains("takes about 10.");
    assertThat(finding.observed().toString()).contains("110 MiB/s (measured)", "1126 MiB", "good");
  }

  @Test
  void aGuestThatWritesFasterThanTheLinkIsWarnedOf() {
    Finding finding = measured(scene(300, 330), GIGABIT).judge("guest-converges");
    assertThat(finding.status()).as(finding.message()).isEqualTo(Status.WARN);
    assertThat(finding.message()).contains("300 MiB", "110 MiB/s", "does not come to its end");
    assertThat(finding.fix().text())
        .containsSubsequence("auto-converge", "quiet hour", "pause of", "post-copy", "suspend");
    assertThat(GuestScene.commands(finding))
        .matches("hostA: virsh -q -c qemu:///system migrate-setmaxdowntime " + UUID + " [0-9]{4}");
    // What the command sets is enough.
    String limit = GuestScene.commands(finding).replaceAll(".* ", "");
    assertThat(
            measured(scene(300, 330), GIGABIT)
                .onSource("guest-speed/pause." + UUID, limit + "\n")
                .judge("guest-converges")
                .status())
        .isEqualTo(Status.PASS);
    Finding huge = measured(scene(1500, 1600), GIGABIT).judge("guest-converges");
    assertThat(huge.status()).isEqualTo(Status.WARN);
    assertThat(huge.fix().commands()).isEmpty();
  }

  @Test
  void betweenBothItIsUncertain() {
    Finding finding = measured(scene(110, 220), GIGABIT).judge("guest-converges");
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.message()).contains("uncertain");
  }

  @Test
  void aLeftoverLimitIsSlowerThanTheLink() {
    Finding finding =
        measured(scene(40, 80), GIGABIT)
            .onSource("guest-speed/speed." + UUID, "10\n")
            .judge("guest-converges");
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.observed().toString()).contains("10 MiB/s (limit)");
    assertThat(GuestScene.commands(finding)).contains("migrate-setspeed " + UUID);
  }

  @Test
  void withoutAnySpeedItSaysWhatIsNeeded() {
    Finding finding = scene(40, 80).judge("guest-converges");
    assertThat(finding.status()).as(finding.message()).isEqualTo(Status.SKIPPED);
    assertThat(finding.message()).containsPattern("needs about [0-9]+ MiB/s");
    Finding failed =
        measured(scene(40, 80), "ssh: connect to host b: refused").judge("guest-converges");
    assertThat(failed.status()).isEqualTo(Status.SKIPPED);
  }

  @Test
  void anOldLibvirtCannotSample() {
    GuestScene old = measured(scene(0, 0), GIGABIT);
    old.onSource("memory-pace/before", "")
        .onSource("memory-pace/result-1", "")
        .onSource("memory-pace/result-2", "");
    Finding finding = old.judge("guest-converges");
    assertThat(finding.status()).isEqualTo(Status.SKIPPED);
    assertThat(finding.message()).contains("cannot sample");
  }

  @Test
  void theResultOfAnEarlierSamplingIsNone() {
    Finding finding =
        measured(scene(0, 0), GIGABIT)
            .onSource("memory-pace/before", rate(2, 12702, 1, 0))
            .judge("guest-converges");
    assertThat(finding.status()).isEqualTo(Status.SKIPPED);
    Finding going =
        measured(scene(40, 40), GIGABIT)
            .onSource("memory-pace/result-2", rate(1, 12704, 2, 0))
            .judge("guest-converges");
    assertThat(going.status()).isEqualTo(Status.SKIPPED);
  }

  @Test
  void aQuietGuestIsSampledOnce() {
    Finding quiet =
        measured(scene(2, 2), GIGABIT)
            .onSource("memory-pace/result-2", rate(2, 12702, 1, 2))
            .judge("guest-converges");
    assertThat(quiet.status()).as(quiet.message()).isEqualTo(Status.PASS);
    Finding busy =
        measured(scene(3, 3), GIGABIT)
            .onSource("memory-pace/result-2", rate(2, 12702, 1, 3))
            .judge("guest-converges");
    assertThat(busy.status()).isEqualTo(Status.SKIPPED);
  }

  @Test
  void aPausedGuestChangesNothing() {
    Finding finding =
        measured(scene(0, 0), GIGABIT)
            .source("guests/state." + UUID, "paused (user)\n")
            .onSource("memory-pace/result-1", "")
            .judge("guest-converges");
    assertThat(finding.status()).isEqualTo(Status.PASS);
  }

  @Test
  void aBusyGuestMayRewriteEqualBytes() {
    Finding finding =
        measured(scene(2, 2), GIGABIT)
            .onSource("memory-pace/use-2", use("1004.10", 504_000_000_000L, 5_000_000))
            .judge("guest-converges");
    assertThat(finding.status()).isEqualTo(Status.PASS);
    assertThat(finding.observed().toString()).contains("fair").doesNotContain("good");
    Finding starved =
        measured(scene(2, 2), GIGABIT)
            .onSource(
                "memory-pace/use-1",
                use("1000.10", 500_000_000_000L, 1_000_000) + "  vcpu.0.delay=1000000000\n")
            .onSource(
                "memory-pace/use-2",
                use("1004.10", 500_100_000_000L, 5_000_000) + "  vcpu.0.delay=4000000000\n")
            .judge("guest-converges");
    assertThat(starved.observed().toString()).contains("fair");
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory-pace", "memory-pace/use-1", "memory-pace/use-2"})
  void cutOutputIsUndetermined(String part) {
    Finding finding = measured(scene(4, 6), GIGABIT).cut(part).judge("guest-converges");
    assertThat(finding.status()).isEqualTo(Status.ERROR);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "up 1004.10\n",
        "up x\nDomain: 'web1'\n",
        "up 1004.10\nDomain: 'other'\n  balloon.current=1\n",
        "up 1004.10\nDomain: 'web1'\n  balloon.current=-1\n",
        "up 1004.10\nDomain: 'web1'\n  balloon.current=999999999999999999\n",
        "$(reboot)"
      })
  void hostileOutputIsUndetermined(String text) {
    Finding finding =
        measured(scene(4, 6), GIGABIT).onSource("memory-pace/use-1", text).judge("guest-converges");
    assertThat(finding.status()).as(finding.message()).isEqualTo(Status.ERROR);
  }

  @Test
  void hostileNumbersOfOthersAreNotTaken() {
    GuestScene scene =
        measured(scene(4, 6), "99999999999999999999 bytes copied, 0.0 s, 1 MB/s")
            .onSource("memory-pace/links-2", "up 1004.00\n./../statistics/tx_bytes:-1\n");
    assertThat(scene.judge("guest-converges").status()).isEqualTo(Status.SKIPPED);
  }

  @Test
  void longestPause() {
    assertThat(scene(0, 0).judge("guest-pause-limit").status()).isEqualTo(Status.PASS);
    Finding finding =
        scene(0, 0).onSource("guest-speed/pause." + UUID, "30000\n").judge("guest-pause-limit");
    assertThat(finding.status()).isEqualTo(Status.WARN);
    assertThat(finding.message()).contains("30000 ms");
    assertThat(GuestScene.commands(finding))
        .isEqualTo("hostA: virsh -q -c qemu:///system migrate-setmaxdowntime " + UUID + " 300");
    Finding shortest =
        scene(0, 0).onSource("guest-speed/pause." + UUID, "1\n").judge("guest-pause-limit");
    assertThat(shortest.message()).contains("may never end");
    assertThat(
            scene(0, 0)
                .onSource("guest-speed/pause." + UUID, "")
                .judge("guest-pause-limit")
                .status())
        .isEqualTo(Status.SKIPPED);
    assertThat(scene(0, 0).cut("guest-speed").judge("guest-pause-limit").status())
        .isEqualTo(Status.ERROR);
  }
}
