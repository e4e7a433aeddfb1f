package org.migratecheck.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.migratecheck.model.Move.Measured;
import org.migratecheck.model.Move.Verified;
import org.migratecheck.model.Status;

/** What is seen after a move, from what the scripts printed on two real hosts. */
final class VerificationTest {
  private static final String THERE =
      """
      m state running
      m name guest
      m info Persistent:     yes
      m info Autostart:      enable
      m completed Job type:         Completed
      m completed Operation:        Incoming migration
      m completed Time elapsed:     2858         ms
      m completed Memory processed: 71.104 MiB
      m completed Iteration:        3
      m completed Total downtime:   278          ms
      m before vcpu.0.time=580000000
      m before block.0.wr.reqs=2
      m later vcpu.0.time=640000000
      m later block.0.wr.reqs=6
      m port vnet5 br0 carrier=1 state=3 mac=52:54:00:4c:00:32 learnt=yes
      m disk vda locked
      m log read
      m end 0
      """;
  private static final String HERE = "m state absent\nm end 0\n";

  @Test
  void aGoodMoveHasNothingButPasses() {
    Verification.Seen seen = seen(HERE, THERE);
    assertThat(seen.good()).isTrue();
    assertThat(seen.results())
        .allMatch(r -> r.status() == Status.PASS || r.item().equals("guest agent answers"));
    assertThat(seen.measured()).isEqualTo(Optional.of(new Measured(2858, 278, 74557947, 3)));
  }

  @Test
  void everyFaultIsSeen() {
    assertThat(failed(HERE, THERE.replace("m state running", "m state paused")))
        .containsExactly("runs on the destination");
    assertThat(failed(HERE.replace("absent", "running"), THERE))
        .contains("no longer on the source", "definition on the source");
    assertThat(failed(HERE + "m process /proc/7/cmdline\n", THERE))
        .containsExactly("no longer on the source");
    assertThat(failed(HERE, THERE.replace("Persistent:     yes", "Persistent:     no")))
        .containsExactly("definition on the destination");
    assertThat(failed(HERE, THERE.replace("enable", "disable")))
        .containsExactly("autostart on the destination");
    assertThat(failed(HERE, THERE.replace("carrier=1", "carrier=0")))
        .containsExactly("network card 52:54:00:4c:00:32 on vnet5");
    assertThat(failed(HERE, THERE.replace("state=3", "state=4")))
        .containsExactly("network card 52:54:00:4c:00:32 on vnet5");
    assertThat(failed(HERE, THERE.replace("m name guest", "m name other")))
        .containsExactly("the same guest");
  }

  @Test
  void whatMayBeHarmlessOnlyWarns() {
    assertThat(warned(THERE.replace("later vcpu.0.time=64", "later vcpu.0.time=58")))
        .containsExactly("virtual CPUs run");
    assertThat(warned(THERE.replace("learnt=yes", "learnt=no")))
        .containsExactly("network card 52:54:00:4c:00:32 on vnet5");
    assertThat(warned(THERE + "m logged qemu: warning: x\n")).containsExactly("QEMU's log");
  }

  @Test
  void whatCannotBeSeenIsNoPass() {
    Verification.Seen seen = seen("m error libvirt does not answer\nm end 0\n", "m end 0\n");
    assertThat(seen.good()).isFalse();
    assertThat(seen.measured()).isEmpty();
  }

  private static List<String> failed(String here, String there) {
    Verification.Seen seen = seen(here, there);
    assertThat(seen.good()).isFalse();
    return items(seen, Status.FAIL);
  }

  private static List<String> warned(String there) {
    Verification.Seen seen = seen(HERE, there);
    assertThat(seen.good()).isTrue();
    return items(seen, Status.WARN);
  }

  private static List<String> items(Verification.Seen seen, Status status) {
    return seen.results().stream().filter(r -> r.status() == status).map(Verified::item).toList();
  }

  private static Verification.Seen seen(String here, String there) {
    return Verification.of(
        Plans.guest("0".repeat(64)), "a", Answer.parse("m", here), "b", Answer.parse("m", there));
  }
}
