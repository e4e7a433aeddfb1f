package org.migratecheck.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.migratecheck.migrate.Whereabouts.Place;

/** Where a guest runs, from what both hosts say. */
final class WhereaboutsTest {
  private static final String OUTGOING =
      "m job Job type:         Unbounded\nm job Operation:        Outgoing migration\n";

  @ParameterizedTest
  @CsvSource({
    "running (booted),absent,SOURCE",
    "running (booted),shut off (destroyed),SOURCE",
    "paused (user),absent,SOURCE",
    "absent,running (migrated),DESTINATION",
    "shut off (migrated),running (migrated),DESTINATION",
    "absent,absent,NOWHERE",
    "running (booted),running (booted),BOTH",
    "running (booted),paused (migrating),MOVING",
    "running (booted),,UNKNOWN",
    ",running (migrated),UNKNOWN"
  })
  void twoStatesTellThePlace(String source, String destination, Place place) {
    Whereabouts where = of(state(source), state(destination));
    assertThat(where.place()).isEqualTo(place);
    assertThat(where.settled()).isEqualTo(place != Place.MOVING && place != Place.UNKNOWN);
  }

  @Test
  void aRunningJobIsAMove() {
    Whereabouts where = of("m state running (booted)\n" + OUTGOING, "m state absent\n");
    assertThat(where.place()).isEqualTo(Place.MOVING);
    assertThat(where.lines().get(0)).isEqualTo("guest is being moved from a to b");
  }

  @Test
  void aLockIsLeftOverWhenNobodyUsesItAnyMore() {
    String lock =
        "m state running (booted)\nm owner plan=0123456789abcdef\nm owner controller=root@c\n";
    assertThat(of(lock + "m quiet 10\nm supervisor gone\n", "m state absent\n").leftover())
        .isFalse();
    assertThat(of(lock + "m quiet 500\nm supervisor alive\n", "m state absent\n").leftover())
        .isFalse();
    Whereabouts left = of(lock + "m quiet 500\nm supervisor gone\n", "m state absent\n");
    assertThat(left.leftover()).isTrue();
    assertThat(String.join("\n", left.lines()))
        .contains("lock on a: left over, plan 0123456789ab from root@c, heard of 500 s ago");
  }

  @Test
  void aSilentLibvirtIsSaidSo() {
    Whereabouts where = of("m error error: failed to connect\nm process 77\n", "m state absent\n");
    assertThat(where.place()).isEqualTo(Place.UNKNOWN);
    assertThat(String.join("\n", where.lines()))
        .contains("unknown (error: failed to connect); its QEMU process lives here");
    assertThat(where.headline())
        .isEqualTo(
            "it cannot be told where guest runs: a: unknown (error: failed to connect); its QEMU"
                + " process lives here; b: absent");
  }

  @Test
  void withoutLibvirtTheProcessesTellThatTheGuestIsNotThere() {
    String there = "m state running (migrated)\n";
    String silent = "m error error: failed to connect\n";
    assertThat(of(silent + "m processes all\n", there).place()).isEqualTo(Place.DESTINATION);
    assertThat(of(there, silent + "m processes all\n").place()).isEqualTo(Place.SOURCE);
    assertThat(of(silent, there).place()).as("not all were seen").isEqualTo(Place.UNKNOWN);
    assertThat(of(silent + "m process 77\nm processes all\n", there).place())
        .as("it may run, or only not be gone yet")
        .isEqualTo(Place.UNKNOWN);
  }

  private static String state(String state) {
    return state == null ? "m error no answer\n" : "m state " + state + "\n";
  }

  private static Whereabouts of(String source, String destination) {
    return new Whereabouts(
        "guest",
        new Situation("a", Optional.empty(), Answer.parse("m", source)),
        new Situation("b", Optional.empty(), Answer.parse("m", destination)));
  }
}
