package org.migratecheck.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.migratecheck.collect.Probes.probe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.migratecheck.collect.Probe.Step;

/** Several commands of one virsh, each of which stays evidence of its own. */
final class VirshPartsTest {
  private static final String NONCE = "mc00112233445566778899aabbccddeeff";

  /**
   * Answers as virsh does: one command after the other, errors on stderr, the last one's status.
   */
  private static final String VIRSH =
      """
      #!/bin/sh
      echo start >>"$0.starts"
      status=0
      printf '%s\\n' "$4" | tr ';' '\\n' >"$0.$$"
      while read -r command rest; do
        echo "$command $rest" >>"$0.ran"
        case $command in
        '' | "'") continue ;;
        echo) rest=${rest#"'"}; printf '%s\\n$ENDS' "$rest"; status=0 ;;
        two) printf ' <a>\\n\\n\\\\n %%s </a>\\n'; status=0 ;;
        none) status=0 ;;
        hang) sleep 60 ;;
        open) printf 'no end of line'; status=0 ;;
        warned) echo fine; echo 'warning: old' >&2; status=0 ;;
        *) echo "error: $command: unknown" >&2; status=1 ;;
        esac
      done <"$0.$$"
      exit $status
      """;

  @TempDir Path dir;

  static Stream<String> shells() {
    return Shells.installed();
  }

  private SortedMap<String, String> ask(String shell, String words) throws Exception {
    return ask(shell, words, "");
  }

  private SortedMap<String, String> ask(String shell, String words, String endOfEcho)
      throws Exception {
    return run(shell, endOfEcho, Map.of("v", "virsh_parts " + words));
  }

  private SortedMap<String, String> run(String shell, String endOfEcho, Map<String, String> probes)
      throws Exception {
    Path virsh = dir.resolve("virsh");
    Files.writeString(virsh, VIRSH.replace("$ENDS", endOfEcho));
    assertThat(virsh.toFile().setExecutable(true)).isTrue();
    BatchScript script =
        BatchScript.of(
            Step.HOST,
            probes.entrySet().stream()
                .map(p -> probe(p.getKey(), 5, "PATH=" + dir + ":$PATH\n" + p.getValue() + "\n"))
                .toList(),
            Map.of(),
            NONCE,
            shell);
    SortedMap<String, String> texts = new TreeMap<>();
    FrameReader.read(
            Shells.run(shell, script.text()).stdout(),
            NONCE,
            script.probes(),
            org.migratecheck.model.ProbeOutput.Completeness.MISSING)
        .outputs()
        .forEach((n, o) -> texts.put(n, o.exitStatus() + " " + o.stdout() + "|" + o.stderr()));
    return texts;
  }

  private int starts() throws Exception {
    return Files.readAllLines(dir.resolve("virsh.starts")).size();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void oneVirshAnswersForAll(String shell) throws Exception {
    for (String endOfEcho : List.of("", "\\n")) {
      assertThat(ask(shell, "a two b 'none x' c 'two; two; ' d none", endOfEcho))
          .containsEntry("v/a", "0  <a>\n\n\\n %s </a>\n|")
          .containsEntry("v/b", "0 |")
          .containsEntry("v/c", "0  <a>\n\n\\n %s </a>\n <a>\n\n\\n %s </a>\n|")
          .containsEntry("v/d", "0 |")
          .hasSize(5);
    }
    assertThat(starts()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void whereOneFailsOrWarnsItIsAskedAlone(String shell) throws Exception {
    assertThat(ask(shell, "a two b bad c warned"))
        .containsEntry("v/a", "0  <a>\n\n\\n %s </a>\n|")
        .containsEntry("v/b", "1 |error: bad: unknown\n")
        .containsEntry("v/c", "0 fine\n|warning: old\n");
    // Together; a alone; b and c together; b; c.
    assertThat(starts()).isEqualTo(5);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void oneOfManyThatFailsCostsFewStarts(String shell) throws Exception {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < 32; i++) {
      words.append(" p").append(i).append(i == 20 ? " bad" : " two");
    }
    SortedMap<String, String> texts = ask(shell, words.toString());
    assertThat(texts).hasSize(33).containsEntry("v/p20", "1 |error: bad: unknown\n");
    assertThat(texts.values().stream().filter("0  <a>\n\n\\n %s </a>\n|"::equals)).hasSize(31);
    assertThat(starts()).isEqualTo(11);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void whatCannotBeToldApartIsAskedAlone(String shell) throws Exception {
    assertThat(ask(shell, "a open b none"))
        .containsEntry("v/a", "0 no end of line|")
        .containsEntry("v/b", "0 |");
    assertThat(starts()).isEqualTo(3);
    Files.delete(dir.resolve("virsh.starts"));
    assertThat(ask(shell, "only two")).containsEntry("v/only", "0  <a>\n\n\\n %s </a>\n|");
    assertThat(starts()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void whatSeveralProbesAskIsAnsweredByOneVirsh(String shell) throws Exception {
    assertThat(
            run(
                shell,
                "",
                Map.of(
                    "p", "# Asks: two\n# Asks: none x\nvirsh_parts a two b 'none x'",
                    "q", "# Asks: two\npart a asked two; part b asked two",
                    "r", "# Asks: none\nf() { echo \"<$(asked none)>\"; }; part a f; asked two",
                    "s", "virsh_parts a two b 'none y'; part c asked 'none z'")))
        .containsEntry("p", "0 |")
        .containsEntry("p/a", "0  <a>\n\n\\n %s </a>\n|")
        .containsEntry("p/b", "0 |")
        .containsEntry("q/a", "0  <a>\n\n\\n %s </a>\n|")
        .containsEntry("q/b", "0  <a>\n\n\\n %s </a>\n|")
        .containsEntry("r", "0  <a>\n\n\\n %s </a>\n|")
        .containsEntry("r/a", "0 <>\n|")
        .containsEntry("s/a", "0  <a>\n\n\\n %s </a>\n|")
        .containsEntry("s/b", "0 |")
        .containsEntry("s/c", "0 |")
        .hasSize(12);
    // One for what was announced; two for what was not.
    assertThat(starts()).isEqualTo(3);
    assertThat(Files.readAllLines(dir.resolve("virsh.ran")).stream().filter("two "::equals))
        .as("what two probes ask is asked once, and once by the probe that did not announce it")
        .hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void whereOneOfThemFailsEachProbeAsksOnItsOwn(String shell) throws Exception {
    assertThat(
            run(
                shell,
                "",
                Map.of(
                    "p", "# Asks: two\n# Asks: bad\nvirsh_parts a two b bad",
                    "q", "# Asks: two\npart a asked two",
                    "r", "# Asks: warned\npart a asked warned")))
        .containsEntry("p/a", "0  <a>\n\n\\n %s </a>\n|")
        .containsEntry("p/b", "1 |error: bad: unknown\n")
        .containsEntry("q/a", "0  <a>\n\n\\n %s </a>\n|")
        .containsEntry("r/a", "0 fine\n|warning: old\n")
        .hasSize(7);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void whoAsksForAllDoesNotHoldTheOthersForEver(String shell) throws Exception {
    SortedMap<String, String> texts =
        run(
            shell,
            "",
            Map.of(
                "p", "# Asks: hang\npart a asked hang",
                "q", "# Asks: two\npart a asked two"));
    assertThat(texts).containsKeys("p", "q");
    assertThat(texts.getOrDefault("q/a", "")).doesNotStartWith("0 |");
  }
}
