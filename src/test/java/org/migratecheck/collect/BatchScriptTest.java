package org.migratecheck.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.migratecheck.collect.Probes.probe;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.migratecheck.collect.Probe.Step;
import org.migratecheck.model.ProbeOutput;
import org.migratecheck.model.ProbeOutput.Completeness;

final class BatchScriptTest {
  private static final String NONCE = "mc00112233445566778899aabbccddeeff";
  private static final String HOSTILE = "it's \"$(id)\" `id` \\ \n $HOME ; *";

  static Stream<String> shells() {
    return Shells.installed();
  }

  private static BatchScript script(String shell, Probe... probes) {
    return BatchScript.of(Step.HOST, List.of(probes), Map.of(), NONCE, shell);
  }

  private static SortedMap<String, ProbeOutput> run(String shell, Probe... probes)
      throws Exception {
    return read(script(shell, probes), Shells.run(shell, script(shell, probes).text()));
  }

  private static SortedMap<String, ProbeOutput> read(BatchScript script, Shells.Run run) {
    return FrameReader.read(run.stdout(), NONCE, script.probes(), Completeness.MISSING).outputs();
  }

  private static SortedMap<String, String> whole(SortedMap<String, ProbeOutput> outputs) {
    SortedMap<String, String> texts = new TreeMap<>();
    outputs.forEach(
        (name, o) -> {
          assertThat(o.completeness()).as(name).isEqualTo(Completeness.COMPLETE);
          texts.put(name, o.exitStatus() + " " + o.stdout() + "|" + o.stderr());
        });
    return texts;
  }

  @ParameterizedTest
  @MethodSource("shells")
  void partsKeepStdoutStderrAndStatus(String shell) throws Exception {
    var outputs =
        run(
            shell,
            probe(
                "one",
                5,
                """
                part list printf 'a\\nb\\n'
                part fail sh -c 'echo sorry >&2; exit 7'
                echo "status $?"
                count() { echo "$1 lines: $(part_output list | limit wc -l | tr -d ' ')"; }
                part_fn counted count 'as said'
                exit 3
                """),
            probe("two", 5, "cat; echo \"$LC_ALL\"; umask; pwd >/dev/null; echo 'oh no' >&2"));
    assertThat(whole(outputs))
        .containsExactly(
            Map.entry("one", "3 status 7\n|"),
            Map.entry("one/counted", "0 as said lines: 2\n|"),
            Map.entry("one/fail", "7 |sorry\n"),
            Map.entry("one/list", "0 a\nb\n|"),
            Map.entry("two", "0 C\n" + (shell.startsWith("mksh") ? "077" : "0077") + "\n|oh no\n"));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void oneProbeThatHangsBreaksOrFloodsLeavesTheOthersWhole(String shell) throws Exception {
    long began = System.nanoTime();
    var outputs =
        run(
            shell,
            probe("broken", 5, "echo before\nif then fi }\n"),
            probe("flood", 5, "part big cat /dev/zero\npart late echo fine"),
            probe("fine", 5, "echo fine"),
            probe("hang", 1, "part sleeper sleep 57.25\npart late echo late"),
            probe("pipe", 1, "f() { limit sleep 57.25 | cat; }\npart_fn piped f"),
            probe("spin", 1, "part first echo first\nwhile :; do :; done"));
    assertThat(System.nanoTime() - began).isLessThan(12_000_000_000L);
    assertThat(outputs.get("fine").stdout()).isEqualTo("fine\n");
    assertThat(outputs.get("broken").exitStatus()).isNotZero();
    assertThat(outputs.get("flood/late").stdout()).isEqualTo("fine\n");
    SortedMap<String, Completeness> how = new TreeMap<>();
    outputs.forEach((name, o) -> how.put(name, o.completeness()));
    assertThat(how)
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("broken", Completeness.COMPLETE),
                Map.entry("fine", Completeness.COMPLETE),
                Map.entry("flood", Completeness.COMPLETE),
                Map.entry("flood/big", Completeness.TRUNCATED),
                Map.entry("flood/late", Completeness.COMPLETE),
                Map.entry("hang", Completeness.TIMED_OUT),
                Map.entry("hang/sleeper", Completeness.TIMED_OUT),
                Map.entry("hang/late", Completeness.TIMED_OUT),
                Map.entry("pipe", Completeness.TIMED_OUT),
                Map.entry("pipe/piped", Completeness.TIMED_OUT),
                Map.entry("spin", Completeness.TIMED_OUT),
                Map.entry("spin/first", Completeness.COMPLETE)));
  }

  @ParameterizedTest
  @MethodSource("shells")
  void nothingIsLeftBehind(String shell) throws Exception {
    var outputs =
        run(
            shell,
            probe("where", 5, "part pwd pwd"),
            probe("children", 5, "sleep 58.125 &\n(sleep 58.125 & sleep 58.125) &\necho done"),
            probe("orphans", 1, "part sh sh -c 'sleep 58.125 & sleep 58.125'"));
    assertThat(outputs.get("children").stdout()).isEqualTo("done\n");
    assertThat(Path.of(outputs.get("where/pwd").stdout().strip()))
        .asString()
        .contains("/migrate-check.");
    assertThat(Path.of(outputs.get("where/pwd").stdout().strip())).doesNotExist();
    assertThat(alive("58.125")).isEmpty();
  }

  /** Killed processes take a moment to go. */
  private static List<String> alive(String word) throws Exception {
    for (int i = 0; i < 50 && !running(word).isEmpty(); i++) {
      Thread.sleep(20);
    }
    return running(word);
  }

  private static List<String> running(String word) {
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().arguments().map(a -> Arrays.asList(a).contains(word)).orElse(false))
        .map(p -> p.info().commandLine().orElse(""))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void variablesArriveAsTheyAre(String shell) throws Exception {
    Probe probe = probe(Step.LINK_SOURCE, "echo", 5, "printf '%s' \"$MC_VALUE\"");
    BatchScript script =
        BatchScript.of(Step.LINK_SOURCE, List.of(probe), Map.of("MC_VALUE", HOSTILE), NONCE, shell);
    assertThat(read(script, Shells.run(shell, script.text())).get("echo").stdout())
        .isEqualTo(HOSTILE);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void aScriptThatIsCutAnywhereRunsNothing(String shell) throws Exception {
    String text = script(shell, probe("one", 5, "echo one")).text();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 1; i <= 8; i++) {
      // The last three bytes are the closing brace and white space.
      byte[] cut = Arrays.copyOf(bytes, (bytes.length - 3) * i / 8);
      assertThat(Shells.run(shell, cut).text()).doesNotContain(NONCE);
    }
  }

  @ParameterizedTest
  @MethodSource("shells")
  void wrongUseOfPartIsSaidAndSpoilsNothing(String shell) throws Exception {
    var outputs =
        run(
            shell,
            probe(
                "one",
                5,
                """
                part ../x echo no
                part x echo yes
                part x echo twice
                nested() { part y echo no; }
                part_fn outer nested
                """));
    assertThat(outputs.keySet()).containsExactly("one", "one/outer", "one/x");
    assertThat(outputs.get("one/x").stdout()).isEqualTo("yes\n");
    assertThat(outputs.get("one").stderr()).contains("'../x'").contains("'x'");
    assertThat(outputs.get("one/outer").exitStatus()).isEqualTo(2);
  }

  @ParameterizedTest
  @MethodSource("shells")
  void manyProbesTakeTurnsAndOnesThatWaitHoldUpNobody(String shell) throws Exception {
    List<Probe> probes = new ArrayList<>();
    for (int i = 10; i < 40; i++) {
      probes.add(
          probe(
              "a" + i,
              20,
              """
              : >"./$mc_probe.here"
              set -- ./*.here
              sleep 0.2
              rm "./$mc_probe.here"
              echo $#
              """));
      probes.add(probe("b" + i, 4, "part hang sleep 58.375\npart late echo late"));
    }
    var outputs = run(shell, probes.toArray(Probe[]::new));
    int most = 0;
    for (int i = 10; i < 40; i++) {
      ProbeOutput turn = outputs.get("a" + i);
      assertThat(turn.completeness()).as(turn.toString()).isEqualTo(Completeness.COMPLETE);
      most = Math.max(most, Integer.parseInt(turn.stdout().strip()));
      assertThat(outputs.get("b" + i + "/hang").completeness()).isEqualTo(Completeness.TIMED_OUT);
    }
    assertThat(most).isBetween(2, 28);
    assertThat(alive("58.375")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void whatWaitsInTheBackgroundSaysWhatWasCut(String shell) throws Exception {
    var outputs =
        run(
            shell,
            probe(
                "workers",
                1,
                """
                slow() { echo begun; limit sleep 58.875; echo "status $?"; }
                worker() { part_fn "hang$1" slow; part "late$1" echo late; }
                worker 1 &
                worker 2 &
                wait
                """));
    for (String number : List.of("1", "2")) {
      assertThat(outputs.get("workers/hang" + number).completeness())
          .isEqualTo(Completeness.TIMED_OUT);
      assertThat(outputs.get("workers/hang" + number).stdout()).isEqualTo("begun\nstatus 124\n");
      assertThat(outputs.get("workers/late" + number).completeness())
          .isEqualTo(Completeness.TIMED_OUT);
    }
    assertThat(alive("58.875")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("shells")
  void whatIgnoresTheEndIsKilledAndTheProbeStillSaysWhatItKnows(String shell) throws Exception {
    var outputs =
        run(
            shell,
            probe(
                "deaf",
                1,
                """
                part first echo first
                part deaf sh -c 'trap "" TERM; sleep 58.625; sleep 58.625'
                status=$?
                part late echo late
                echo "status $status"
                """));
    assertThat(outputs.get("deaf/first").completeness()).isEqualTo(Completeness.COMPLETE);
    assertThat(outputs.get("deaf/deaf").completeness()).isEqualTo(Completeness.TIMED_OUT);
    assertThat(outputs.get("deaf/late").stdout()).isEmpty();
    assertThat(outputs.get("deaf").stdout()).isEqualTo("status 124\n");
    assertThat(outputs.get("deaf").completeness()).isEqualTo(Completeness.TIMED_OUT);
    assertThat(alive("58.625")).isEmpty();
  }

  @Test
  void probesHaveNoAgentOfTheLogin() throws Exception {
    BatchScript script =
        script("sh", probe("agent", 5, "part x sh -c 'echo \"[$SSH_AUTH_SOCK$KRB5CCNAME]\"'"));
    String text = "export SSH_AUTH_SOCK=/run/agent KRB5CCNAME=FILE:/tmp/krb5cc_0\n" + script.text();
    var outputs = read(script, Shells.run("sh", text));
    assertThat(outputs.get("agent/x").stdout()).isEqualTo("[]\n");
  }

  @Test
  void fiveHundredPartsNeedFewProcesses() throws Exception {
    var outputs =
        run(
            "sh",
            probe("many", 20, "i=0; while [ $i -lt 500 ]; do part p$i echo $i; i=$((i+1)); done"));
    assertThat(whole(outputs)).hasSize(501).containsEntry("many/p499", "0 499\n|");
  }

  @Test
  @Timeout(30)
  void aTerminatedScriptCleansUp() throws Exception {
    BatchScript script = script("sh", probe("hang", 20, "part x sleep 56.75"));
    Process process = new ProcessBuilder("sh", "-s").redirectErrorStream(true).start();
    try (var in = process.getOutputStream()) {
      in.write(script.text().getBytes(StandardCharsets.UTF_8));
    }
    while (running("56.75").isEmpty()) {
      Thread.sleep(20);
    }
    Path directory = Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/cwd"));
    assertThat(directory).asString().contains("/migrate-check.");
    process.destroy();
    assertThat(process.waitFor()).isEqualTo(143);
    assertThat(alive("56.75")).isEmpty();
    assertThat(directory).doesNotExist();
  }

  @Test
  void refusesVariablesThatNoShellCanHold() {
    List<Probe> probes = List.of(probe("one", 1, "true"));
    assertThatThrownBy(() -> BatchScript.of(Step.HOST, probes, Map.of("MC_X", "a\0b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("MC_X");
    assertThatThrownBy(() -> BatchScript.of(Step.HOST, probes, Map.of("PATH", "x")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> BatchScript.of(Step.HOST, List.of(), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void everyScriptHasItsOwnNonceAndSaysWhatItAsks() {
    List<Probe> probes = List.of(probe("b", 1, "true"), probe("a", 1, "true"));
    BatchScript one = BatchScript.of(Step.HOST, probes, Map.of());
    assertThat(BatchScript.of(Step.HOST, probes, Map.of()).nonce()).isNotEqualTo(one.nonce());
    assertThat(BatchRequest.parse(one.text()))
        .contains(new BatchRequest(one.nonce(), Step.HOST, Set.of("a", "b")));
    assertThat(BatchRequest.parse("echo hello")).isEmpty();
  }
}
