package org.migratecheck.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ShellcheckTest {
  static List<Path> probes() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("checks/probes"))) {
      return files.filter(f -> f.toString().endsWith(".sh")).sorted().toList();
    }
  }

  @BeforeEach
  void needsShellcheck() {
    assumeTrue(Shells.has("shellcheck"), "shellcheck is not installed (apt install shellcheck)");
  }

  @ParameterizedTest
  @MethodSource("probes")
  void probesAreSound(Path probe) throws Exception {
    // Probes of the second step find MC_ variables; SC2154 is about variables set nowhere.
    assertThat(shellcheck(probe, "-e", "SC2154")).isEmpty();
  }

  @Test
  void theScriptOfAllProbesIsSound(@TempDir Path dir) throws Exception {
    List<Probe> probes = List.copyOf(ProbeCatalogue.load(List.of(Path.of("checks"))).all());
    for (Probe.Step step : Probe.Step.values()) {
      BatchScript script = BatchScript.of(step, probes, Map.of("MC_X", "it's"));
      Path file = Files.writeString(dir.resolve(step + ".sh"), script.text());
      // The probes stand in it as quoted text, `sh` is a word there, and traps call mc_clean.
      assertThat(shellcheck(file, "-e", "SC1003,SC2016,SC2209,SC2317")).isEmpty();
    }
    Path inner = Files.writeString(dir.resolve("inner.sh"), BatchScript.INNER);
    assertThat(shellcheck(inner, "-e", "SC2154")).isEmpty();
  }

  @Test
  void theLauncherIsSound() throws Exception {
    assertThat(shellcheck(Path.of("migrate-check"))).isEmpty();
  }

  private static String shellcheck(Path file, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("shellcheck", "-s", "sh", "-f", "gcc"));
    command.addAll(List.of(options));
    command.add(file.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
