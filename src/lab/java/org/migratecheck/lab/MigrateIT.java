package org.migratecheck.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Guests are really moved by {@code migrate}, and what it says of it is true. */
@Tag("long")
@RequiresLab
final class MigrateIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  @BeforeEach
  void reset(Lab lab) {
    lab.reset();
  }

  @Test
  void aReviewedPlanMovesLiveAndDirectlyBackOffline(Lab lab) {
    Guest guest = boot(lab, "guest");
    lab.must(Lab.A, "virsh -q autostart guest");
    Mover.plan(lab, Lab.A, Lab.B, "guest");
    Exec there = Mover.migrate(lab, "--plan", Mover.PLAN.toString());
    assertThat(there.exit()).as(there.text()).isZero();
    assertThat(Mover.runsOn(lab, guest)).containsExactly(Lab.B);
    assertThat(lab.must(Lab.B, "virsh -q list --autostart --persistent --name")).contains("guest");
    assertThat(guest.state(Lab.A)).isEqualTo("absent");
    assertThat(Mover.outcome().path("result").asString()).isEqualTo("MOVED");
    assertThat(Mover.outcome().path("measured").path("pauseMillis").asInt()).isBetween(1, 20_000);
    assertThat(counts(lab, Lab.B)).isTrue();

    Exec back = Mover.migrate(lab, Lab.B, Lab.A, "--guest", "guest", "--mode", "offline", "--yes");
    assertThat(back.exit()).as(back.text()).isZero();
    assertThat(Mover.runsOn(lab, guest)).containsExactly(Lab.A);
    assertThat(counts(lab, Lab.A)).isTrue();
    assertThat(Mover.left(lab)).isEmpty();
  }

  @Test
  void aGuestThatDoesNotConvergeIsSuspendedOrSwitchedOrStaysAsPlanned(Lab lab) {
    Guest guest = boot(lab, "guest", "--dirty", "30");
    assertThat(
            lab.on(
                    SOON,
                    Lab.A,
                    "timeout 50 sh -c 'until grep -q DIRTYING /var/log/libvirt/qemu/guest-serial.log; do sleep 0.2; done'")
                .ok())
        .isTrue();
    Exec abort = slowly(lab, Lab.A, Lab.B, "abort");
    assertThat(abort.exit()).as(abort.text()).isEqualTo(4);
    assertThat(abort.text()).contains("did not converge", "libvirt said");
    assertThat(Mover.runsOn(lab, guest)).containsExactly(Lab.A);

    Exec suspend = slowly(lab, Lab.A, Lab.B, "suspend");
    assertThat(suspend.exit()).as(suspend.text()).isZero();
    assertThat(Mover.runsOn(lab, guest)).containsExactly(Lab.B);

    Exec postcopy = slowly(lab, Lab.B, Lab.A, "postcopy");
    assertThat(postcopy.exit()).as(postcopy.text()).isZero();
    assertThat(Mover.runsOn(lab, guest)).containsExactly(Lab.A);
    assertThat(Mover.left(lab)).isEmpty();
  }

  private static Exec slowly(Lab lab, String from, String to, String onTimeout) {
    return Mover.migrate(
        lab,
        from,
        to,
        "--guest",
        "guest",
        "--bandwidth",
        "5",
        "--timeout",
        "8",
        "--on-timeout",
        onTimeout,
        "--yes");
  }

  @Test
  void theGuestAnswersAndItsDiskIsSound(Lab lab) throws Exception {
    Guest guest = boot(lab, "guest");
    Process ping =
        new ProcessBuilder(
                Lab.project().resolve("src/lab/sh/lab").toString(),
                "ctl",
                "ping",
                "-q",
                "-i",
                "0.1",
                "-w",
                "45",
                "10.77.0.50")
            .redirectErrorStream(true)
            .start();
    Exec move = Mover.migrate(lab, Lab.A, Lab.B, "--guest", "guest", "--yes");
    assertThat(move.exit()).as(move.text()).isZero();
    String said = new String(ping.getInputStream().readAllBytes());
    Matcher packets = Pattern.compile("(\\d+) packets transmitted, (\\d+) received").matcher(said);
    assertThat(packets.find()).as(said).isTrue();
    int lost = Integer.parseInt(packets.group(1)) - Integer.parseInt(packets.group(2));
    System.out.println("pings lost during a move: " + lost + " of " + packets.group(1));
    assertThat(lost).isLessThan(60);
    // The guest writes its count to the disk; both hosts must see the same, and it goes on.
    lab.must(Lab.B, "virsh -q suspend guest");
    String disk = "head -c 32 " + Lab.SHARED + "/guest.img";
    assertThat(lab.must(Lab.B, disk)).startsWith("tick ").isEqualTo(lab.must(Lab.A, disk));
    lab.must(Lab.B, "virsh -q resume guest");
    assertThat(Mover.runsOn(lab, guest)).containsExactly(Lab.B);
  }

  @Test
  void theSourceMayKeepItsDefinitionButNotStartIt(Lab lab) {
    Guest guest = boot(lab, "guest");
    lab.must(Lab.A, "virsh -q autostart guest");
    Exec move =
        Mover.migrate(
            lab,
            Lab.A,
            Lab.B,
            "--guest",
            "guest",
            "--no-undefine-source",
            "--no-persistent",
            "--yes");
    assertThat(move.exit()).as(move.text()).isZero();
    assertThat(Mover.runsOn(lab, guest)).containsExactly(Lab.B);
    assertThat(guest.state(Lab.A)).isEqualTo("shut off");
    assertThat(lab.must(Lab.A, "virsh -q list --all --autostart --name")).doesNotContain("guest");
    assertThat(lab.must(Lab.B, "virsh -q list --transient --name")).contains("guest");
  }

  @Test
  void severalGuestsGoOneAfterTheOther(Lab lab) {
    List<Guest> guests = List.of(boot(lab, "guest"), boot(lab, "other"));
    Exec move =
        Mover.migrate(lab, Lab.A, Lab.B, "--guest", "guest", "--guest", "other", "--yes", "--json");
    assertThat(move.exit()).as(move.text()).isZero();
    for (Guest guest : guests) {
      assertThat(Mover.runsOn(lab, guest)).containsExactly(Lab.B);
    }
    assertThat(move.out().lines()).allMatch(l -> l.startsWith("{\"event\":"));
    assertThat(move.out().lines().filter(l -> l.contains("\"event\":\"ended\""))).hasSize(2);
  }

  private static Guest boot(Lab lab, String name, String... options) {
    Guest guest = Guest.start(lab, Lab.A, name, options);
    assertThat(guest.ticksPast(Lab.A, 0, SOON)).as("the guest boots").isTrue();
    return guest;
  }

  private static boolean counts(Lab lab, String host) {
    Guest guest = new Guest(lab, "guest");
    return guest.ticksPast(host, guest.tick(host).orElse(0), SOON);
  }
}
