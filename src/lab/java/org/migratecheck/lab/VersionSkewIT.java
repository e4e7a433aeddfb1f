package org.migratecheck.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.migratecheck.lab.Lab.A;
import static org.migratecheck.lab.Lab.NEWER;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.migratecheck.lab.Tool.Finding;

/**
 * Hosts of two generations, libvirt 9.0 with QEMU 7.2 and libvirt 11.3 with QEMU 10.0, the newer
 * one with modular daemons: guests go forward, and are not promised a way back.
 */
@Tag("long")
@RequiresLab
final class VersionSkewIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String[] COMPATIBLE = {"--policy", "compatible"};

  @BeforeEach
  void up(Lab lab) {
    Exec missing = Lab.newerMissing();
    assumeTrue(missing.ok(), "run src/lab/sh/install-skew.sh: " + missing.text());
    lab.reset();
    lab.add(NEWER);
  }

  @AfterEach
  void down(Lab lab) {
    lab.remove(NEWER);
  }

  @Test
  void forward(Lab lab, LabReport report) {
    Guest guest = Guest.start(lab, A, "guest");
    Tool.Run strict = Tool.check(lab, A, NEWER);
    assertThat(strict.verdict()).as(strict.summary()).isEqualTo("NOT_READY");
    assertThat(strict.blockers())
        .extracting(Finding::id)
        .contains("qemu-version", "libvirt-version", "packages-virtualization-same");
    report.matrix().count(Requirement.SAME_SYSTEM, false, strict.verdict());

    Tool.Run compatible = Tool.check(lab, A, NEWER, COMPATIBLE);
    assertThat(compatible.verdict()).as(compatible.summary()).isEqualTo("READY");
    report.matrix().count(Requirement.SAME_SYSTEM, true, compatible.verdict());
    Migration there = Migration.live(lab, guest, A, NEWER, SOON);
    assertThat(there.arrived()).as(there.summary()).isTrue();
    int count = guest.tick(A).orElse(0);
    assertThat(guest.ticksPast(NEWER, count, SOON)).as("it goes on counting").isTrue();
  }

  @Test
  void bothWaysSayThatThereIsNoWayBack(Lab lab) {
    Guest.start(lab, A, "guest");
    Tool.Run run = Tool.check(lab, A, NEWER, "--policy", "compatible", "--both-ways");
    assertThat(run.verdict()).as(run.summary()).isEqualTo("NOT_READY");
    assertThat(run.blockers())
        .filteredOn(f -> f.id().equals("qemu-version"))
        .singleElement()
        .satisfies(f -> assertThat(f.message()).contains("7.2", "hostA is older", "hostN"));
  }

  @Test
  void backwardIsNotPromised(Lab lab, LabReport report) {
    Guest.start(lab, NEWER, "guest");
    for (String[] policy : List.of(new String[0], COMPATIBLE)) {
      Tool.Run run = Tool.check(lab, NEWER, A, policy);
      assertThat(run.verdict()).as(run.summary()).isEqualTo("NOT_READY");
      assertThat(run.blockers())
          .extracting(Finding::id)
          .contains("qemu-version", "libvirt-version", "guest-qemu-not-newer");
      report.matrix().count(Requirement.SAME_SYSTEM, false, run.verdict());
    }
  }

  @Test
  void backwardIsRefusedForAMachineTypeOfTheNewerGeneration(Lab lab) {
    refused(
        lab,
        "machine-type-on-destination",
        "does not support machine type 'pc-q35-10.0'",
        "s/pc-q35-rhel9.2.0/pc-q35-10.0/");
  }

  @Test
  void backwardIsRefusedForFeaturesThatTheOlderGenerationDoesNotKnow(Lab lab) {
    refused(
        lab,
        "guest-cpu-on-destination",
        "unknown CPU feature",
        "s|<cpu mode=.*</cpu>|<cpu mode=\"host-model\"/>|");
  }

  private static void refused(Lab lab, String check, String words, String change) {
    Guest guest = Guest.start(lab, NEWER, "guest", "--sed", change);
    Tool.Run run = Tool.check(lab, NEWER, A, COMPATIBLE);
    assertThat(run.verdict()).as(run.summary()).isEqualTo("NOT_READY");
    assertThat(run.blockers()).extracting(Finding::id).contains(check);
    Migration back = Migration.live(lab, guest, NEWER, A, SOON);
    assertThat(back.arrived()).isFalse();
    assertThat(back.exec().text()).contains(words);
    assertThat(guest.state(NEWER)).isEqualTo("running");
  }

  /** The fix for modular daemons names them, and works. */
  @Test
  void modularDaemonThatIsDownIsStartedByItsOwnName(Lab lab) {
    Guest guest = Guest.start(lab, A, "guest");
    // virtlogd goes on: a socket of which only the file is gone, no command of ours brings back.
    lab.must(
        NEWER,
        "systemctl stop virtqemud && ls /run/libvirt/*-sock /run/libvirt/*-sock-ro | grep -v"
            + " virtlogd | xargs rm -f");
    Tool.Run run = Tool.check(lab, A, NEWER, COMPATIBLE);
    assertThat(run.verdict()).as(run.summary()).isEqualTo("NOT_READY");
    List<Tool.Command> fix =
        run.blockers().stream()
            .filter(f -> f.id().equals("libvirt-answers"))
            .flatMap(f -> f.fix().stream())
            .toList();
    assertThat(fix).singleElement().satisfies(c -> assertThat(c.command()).contains("virtlockd"));
    fix.forEach(c -> lab.must(c.host(), c.command()));
    Tool.Run mended = Tool.check(lab, A, NEWER, COMPATIBLE);
    assertThat(mended.verdict()).as(mended.summary()).isEqualTo("READY");
    Migration there = Migration.live(lab, guest, A, NEWER, SOON);
    assertThat(there.arrived()).as(there.summary()).isTrue();
  }
}
