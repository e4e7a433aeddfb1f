package org.migratecheck.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens between review and migration keeps the gate shut, and is named. */
@RequiresLab
final class GateIT {
  private Guest guest;

  @BeforeEach
  void plan(Lab lab) {
    lab.reset();
    guest = Guest.start(lab, Lab.A, "guest");
    assertThat(guest.ticksPast(Lab.A, 0, Duration.ofSeconds(60))).isTrue();
    Mover.plan(lab, Lab.A, Lab.B, "guest");
  }

  @Test
  void aFaultMadeSinceReview(Lab lab) {
    lab.must(Lab.B, "ip link set br0 down");
    refused(lab, 3, "hostB");
    lab.must(Lab.B, "ip link set br0 up");
    lab.must(Lab.B, "umount -l " + Lab.SHARED);
    refused(lab, 1, "the verdict now is NOT READY");
  }

  @Test
  void aGuestThatWasChangedSinceReview(Lab lab) {
    lab.must(
        Lab.A,
        "virsh -q dumpxml --inactive guest | sed 's|<vcpu[^>]*>1<|<vcpu>2<|' >/run/g.xml"
            + " && virsh -q define /run/g.xml; rm /run/g.xml");
    refused(lab, 1, "changed: guest: definition");
  }

  @Test
  void anEditedOrOldPlan(Lab lab) throws IOException {
    String text = Files.readString(Mover.PLAN);
    refused(lab, 1, "may be", "--max-age", "1s");
    Files.writeString(Mover.PLAN, text.replace("--p2p", "--unsafe"));
    refused(lab, 2, "changed after it was written");
  }

  @Test
  void anotherRunOfTheSameGuest(Lab lab) {
    String lock = "/run/migrate-check/" + lab.must(Lab.A, "virsh -q domuuid guest").strip();
    lab.must(
        Lab.A, "mkdir -p " + lock + "; echo nonce=other >" + lock + "/owner; : >" + lock + "/beat");
    refused(lab, 1, "another run has the lock");
    assertThat(Mover.status(lab, "guest").out()).contains("lock on hostA: in use");
    lab.must(Lab.A, "touch -d '10 minutes ago' " + lock + "/beat");
    assertThat(Mover.status(lab, "guest").out()).contains("lock on hostA: left over");
    Exec taken = Mover.migrate(lab, "--plan", Mover.PLAN.toString());
    assertThat(taken.exit()).as(taken.text()).isZero();
  }

  @Test
  void aSecondRunOfThePlanSaysWhereTheGuestIs(Lab lab) {
    Exec first = Mover.migrate(lab, "--plan", Mover.PLAN.toString());
    assertThat(first.exit()).as(first.text()).isZero();
    Exec second = Mover.migrate(lab, "--plan", Mover.PLAN.toString());
    assertThat(second.exit()).isEqualTo(1);
    assertThat(second.text()).contains("guest is on hostB and not on hostA");
  }

  private void refused(Lab lab, int exit, String reason, String... options) {
    String[] arguments = new String[options.length + 2];
    arguments[0] = "--plan";
    arguments[1] = Mover.PLAN.toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    Exec run = Mover.migrate(lab, arguments);
    assertThat(run.exit()).as(run.text()).isEqualTo(exit);
    assertThat(run.text()).contains(reason);
    assertThat(Mover.runsOn(lab, guest)).containsExactly(Lab.A);
    assertThat(guest.state(Lab.B)).isEqualTo("absent");
  }
}
