package org.migratecheck.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Whatever happens to the controller, the link or a daemon: the guest runs on exactly one host, its
 * disk is sound, and {@code status} and a second run say the truth.
 */
@Tag("long")
@RequiresLab
final class KilledControllerIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  /** What the controller has said when it dies, and how many milliseconds later. */
  private record Moment(String said, long millis) {}

  @TestFactory
  Stream<DynamicTest> killed(Lab lab) {
    return Stream.of(
            new Moment("", 500),
            new Moment("", 2000),
            new Moment("checking", 0),
            new Moment("checking", 1000),
            new Moment("checking", 3000),
            new Moment("\"checked\"", 0),
            new Moment("\"checked\"", 200),
            new Moment("\"checked\"", 400),
            new Moment("\"checked\"", 700),
            new Moment("\"checked\"", 1000),
            new Moment("\"checked\"", 1500),
            new Moment("progress", 0),
            new Moment("progress", 500),
            new Moment("progress", 1000),
            new Moment("progress", 2000),
            new Moment("progress", 3000),
            new Moment("\"moved\"", 0),
            new Moment("\"moved\"", 1000),
            new Moment("\"verified\"", 0),
            new Moment("\"ended\"", 0))
        .map(
            m ->
                DynamicTest.dynamicTest(
                    (m.said().isEmpty() ? "start" : m.said()) + " + " + m.millis() + " ms",
                    () -> killedAt(lab, m)));
  }

  private static void killedAt(Lab lab, Moment moment) throws Exception {
    Guest guest = fresh(lab);
    Mover.plan(lab, Lab.A, Lab.B, "guest", "--bandwidth", "20");
    Path out = Mover.DIRECTORY.resolve("killed.out");
    Files.deleteIfExists(out);
    Process controller = controller(out);
    awaitWords(out, moment.said(), controller);
    Thread.sleep(moment.millis());
    controller.descendants().forEach(ProcessHandle::destroyForcibly);
    controller.destroyForcibly().waitFor();

    Exec during = Mover.status(lab, "guest");
    assertThat(during.exit()).as(during.text()).isZero();
    settle(lab);
    List<String> places = Mover.runsOn(lab, guest);
    assertThat(places).as("runs on exactly one host").hasSize(1);
    Exec after = Mover.status(lab, "guest");
    assertThat(after.out()).contains("guest is on " + places.get(0) + " and not on");

    for (String host : List.of(Lab.A, Lab.B)) {
      lab.on(host, "touch -d '10 minutes ago' /run/migrate-check/*/beat 2>/dev/null");
    }
    Exec second = Mover.migrate(lab, "--plan", Mover.PLAN.toString());
    assertThat(second.exit()).as(second.text()).isIn(0, 1);
    assertThat(Mover.runsOn(lab, guest)).as(second.text()).containsExactly(Lab.B);
    assertThat(second.text()).contains(second.exit() == 0 ? "runs on hostB" : "is on hostB");
    assertThat(Mover.left(lab)).isEmpty();
    sound(lab, guest, Lab.B);
  }

  @Test
  void theLinkIsCut(Lab lab) throws Exception {
    hurt(lab, "ip link set eth0 down; sleep 45; ip link set eth0 up", Lab.B);
  }

  @Test
  void theDestinationsLibvirtdIsKilled(Lab lab) throws Exception {
    hurt(lab, "kill -9 $(pidof libvirtd); sleep 2; systemctl restart libvirtd", Lab.B);
  }

  @Test
  void theDestinationsQemuIsKilled(Lab lab) throws Exception {
    hurt(lab, "kill -9 $(cat /run/libvirt/qemu/guest.pid)", Lab.B);
  }

  @Test
  void theSourcesLibvirtdIsRestarted(Lab lab) throws Exception {
    hurt(lab, "systemctl restart libvirtd", Lab.A);
  }

  private static void hurt(Lab lab, String shell, String host) throws Exception {
    Guest guest = fresh(lab);
    Mover.plan(lab, Lab.A, Lab.B, "guest", "--bandwidth", "5");
    Path out = Mover.DIRECTORY.resolve("killed.out");
    Files.deleteIfExists(out);
    Process controller = controller(out);
    awaitWords(out, "progress", controller);
    Thread.sleep(2000);
    lab.on(Duration.ofMinutes(2), host, shell);
    assertThat(controller.waitFor(5, java.util.concurrent.TimeUnit.MINUTES)).isTrue();
    settle(lab);
    List<String> places = Mover.runsOn(lab, guest);
    assertThat(places).as(Files.readString(out)).hasSize(1);
    String said = Files.readString(out);
    if (controller.exitValue() == 0) {
      assertThat(places).containsExactly(Lab.B);
    } else {
      assertThat(controller.exitValue()).as(said).isIn(3, 4);
      assertThat(said).contains("is on " + places.get(0));
    }
    Exec status = Mover.status(lab, "guest");
    assertThat(status.out()).contains("guest is on " + places.get(0) + " and not on");
    sound(lab, guest, places.get(0));
  }

  private static Guest fresh(Lab lab) {
    lab.reset();
    Guest guest = Guest.start(lab, Lab.A, "guest");
    assertThat(guest.ticksPast(Lab.A, 0, SOON)).isTrue();
    return guest;
  }

  private static Process controller(Path out) throws IOException {
    var command =
        new java.util.ArrayList<>(
            List.of(Lab.project().resolve("src/lab/sh/lab").toString(), "ctl"));
    command.addAll(Mover.command("--plan", Mover.PLAN.toString(), "--json"));
    return new ProcessBuilder(command)
        .redirectInput(new java.io.File("/dev/null"))
        .redirectErrorStream(true)
        .redirectOutput(out.toFile())
        .start();
  }

  private static void awaitWords(Path out, String words, Process process) throws Exception {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!words.isEmpty()
        && process.isAlive()
        && System.nanoTime() < end
        && !Files.readString(out).contains(words)) {
      Thread.sleep(20);
    }
  }

  /** Waits until nothing is moved any more, and both hosts tell. */
  private static void settle(Lab lab) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    String said;
    do {
      said = Mover.status(lab, "guest").out();
      Thread.sleep(500);
    } while (System.nanoTime() < end
        && (said.contains("is being moved") || said.contains("cannot be told")));
  }

  private static void sound(Lab lab, Guest guest, String host) {
    assertThat(guest.ticksPast(host, guest.tick(host).orElse(0), SOON))
        .as("the guest goes on counting")
        .isTrue();
    assertThat(lab.must(host, "head -c 5 " + Lab.SHARED + "/guest.img")).isEqualTo("tick ");
  }
}
