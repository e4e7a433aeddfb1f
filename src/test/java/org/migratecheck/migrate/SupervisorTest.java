package org.migratecheck.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.migratecheck.model.MigrationPlan.After;
import org.migratecheck.model.MigrationPlan.GuestPlan;
import org.migratecheck.model.MigrationPlan.Mode;
import org.migratecheck.model.MigrationPlan.OnTimeout;
import org.migratecheck.model.MigrationPlan.Settings;
import org.migratecheck.model.MigrationPlan.Step;
import org.migratecheck.model.MigrationPlan.When;

/** The commands and the script that carries them out, run by a real shell. */
final class SupervisorTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {"a", "", "a b", "$(id)", "`id`", "a'b", "\"", "\\", "a;b", "-x", "*", "a\nb", "é"})
  void aShellReadsEachWordAsItIs(String word) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", Supervisor.line(List.of("printf", "%s|", word, word)))
            .start();
    assertThat(new String(process.getInputStream().readAllBytes(), "UTF-8"))
        .isEqualTo(word + "|" + word + "|");
  }

  @Test
  void theOptionsBecomeVirshs() {
    Settings settings =
        new Settings(
            Mode.LIVE, 60, OnTimeout.POSTCOPY, 100, 200, 4, true, Optional.empty(), true, true);
    List<Step> steps =
        new MigrationCommands(settings, "a", "qemu+ssh://b/system")
            .steps("U", true, new After(true, true, false));
    assertThat(steps.stream().map(s -> s.when() + " " + String.join(" ", s.command())))
        .containsExactly(
            "BEFORE virsh migrate-setmaxdowntime U 200",
            "MOVE virsh migrate --live --p2p --persistent --undefinesource --tls --bandwidth 100"
                + " --parallel --parallel-connections 4 --postcopy --timeout 60"
                + " --timeout-postcopy --domain U --desturi qemu+ssh://b/system",
            "AFTER virsh -c qemu+ssh://b/system autostart U");
  }

  @Test
  void aDefinitionThatStaysMustNotStartByItself() {
    Settings settings =
        new Settings(
            Mode.OFFLINE, 0, OnTimeout.ABORT, 0, 0, 0, false, Optional.of(false), false, true);
    List<Step> steps =
        new MigrationCommands(settings, "a", "qemu+ssh://b/system")
            .steps("U", true, new After(false, false, true));
    assertThat(steps.stream().map(s -> String.join(" ", s.command())))
        .containsExactly(
            "virsh migrate --p2p --domain U --desturi qemu+ssh://b/system",
            "virsh autostart --disable U");
  }

  @Test
  void successRunsTheStepsAfterIt() throws Exception {
    assertThat(
            run(
                Settings.DEFAULTS,
                step(When.MOVE, "echo", "moved $HOME"),
                step(When.AFTER, "touch", directory + "/after it")))
        .isEqualTo("0");
    assertThat(Files.readString(directory.resolve("output"))).isEqualTo("moved $HOME\n");
    assertThat(directory.resolve("after it")).exists();
  }

  @Test
  void failureDoesNotAndKeepsItsWords() throws Exception {
    assertThat(
            run(
                Settings.DEFAULTS,
                step(When.MOVE, "sh", "-c", "echo no >&2; exit 3"),
                step(When.AFTER, "touch", directory + "/after")))
        .isEqualTo("3");
    assertThat(Files.readString(directory.resolve("output"))).isEqualTo("no\n");
    assertThat(directory.resolve("after")).doesNotExist();
  }

  @Test
  void aStepBeforeThatFailsKeepsTheMoveFromBeginning() throws Exception {
    assertThat(
            run(
                Settings.DEFAULTS,
                step(When.BEFORE, "false"),
                step(When.MOVE, "touch", directory + "/moved")))
        .isEqualTo("before: 1");
    assertThat(directory.resolve("moved")).doesNotExist();
  }

  @Test
  void aStepAfterThatFailsIsNamed() throws Exception {
    assertThat(run(Settings.DEFAULTS, step(When.MOVE, "true"), step(When.AFTER, "false", "x")))
        .isEqualTo("0");
    assertThat(Files.readString(directory.resolve("after"))).contains("failed: false x");
  }

  @Test
  void theTimeLimitAsksForTheEnd() throws Exception {
    Settings settings =
        new Settings(Mode.LIVE, 1, OnTimeout.ABORT, 0, 0, 0, false, Optional.empty(), true, true);
    assertThat(run(settings, step(When.MOVE, "sleep", "3"))).isEqualTo("0");
    assertThat(Files.readString(directory.resolve("note"))).isEqualTo("abort after timeout\n");
  }

  private static Step step(When when, String... command) {
    return new Step(when, "a", List.of(command));
  }

  private String run(Settings settings, Step... steps) throws Exception {
    GuestPlan guest =
        new GuestPlan(
            "g",
            Plans.UUID,
            "running",
            "0".repeat(64),
            false,
            new After(true, false, false),
            new ArrayList<>(List.of(steps)),
            List.of());
    String text =
        Supervisor.text(guest, settings)
            .replace("/run/migrate-check/" + Plans.UUID, directory.toString());
    Process process = new ProcessBuilder("sh", "-c", text).redirectErrorStream(true).start();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return Files.readString(directory.resolve("exit")).strip();
  }
}
