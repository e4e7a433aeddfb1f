package org.migratecheck.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sound pair is READY, and a guest really moves there and back. */
@RequiresLab
final class HealthyPairIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  @BeforeEach
  void reset(Lab lab) {
    lab.reset();
  }

  @Test
  void isReady(Lab lab, LabReport report) {
    Guest.start(lab, Lab.A, "guest");
    Tool.Run run = Tool.check(lab, Lab.A, Lab.B);
    report.matrix().count(Requirement.GUEST, true, run.verdict());
    assertThat(run.verdict()).as(run.summary()).isEqualTo("READY");
    assertThat(run.exec().exit()).isZero();
  }

  @Test
  void migratesThereAndBack(Lab lab) {
    Guest guest = Guest.start(lab, Lab.A, "guest");
    assertThat(guest.ticksPast(Lab.A, 0, SOON)).as("the guest boots").isTrue();

    Migration there = Migration.live(lab, guest, Lab.A, Lab.B, SOON);
    assertThat(there.arrived()).as(there.summary()).isTrue();
    int count = guest.tick(Lab.A).orElseThrow();
    assertThat(guest.ticksPast(Lab.B, count, SOON)).as("it goes on counting").isTrue();

    Migration back = Migration.live(lab, guest, Lab.B, Lab.A, SOON);
    assertThat(back.arrived()).as(back.summary()).isTrue();
    count = guest.tick(Lab.B).orElseThrow();
    assertThat(guest.ticksPast(Lab.A, count, SOON)).as("it goes on counting").isTrue();
    assertThat(lab.must(Lab.B, "head -c 16 " + Lab.SHARED + "/guest.img")).startsWith("tick ");
  }

  @Test
  void packagesOfBothHostsAreIdentical(Lab lab) {
    String packages = "rpm -qa --qf '%{NAME} %{EPOCHNUM}:%{VERSION}-%{RELEASE}.%{ARCH}\\n' | sort";
    assertThat(lab.must(Lab.A, packages))
        .isEqualTo(lab.must(Lab.B, packages))
        .contains("qemu-kvm-core");
  }
}
