package org.migratecheck.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.migratecheck.collect.Streams.NONCE;
import static org.migratecheck.collect.Streams.REQUEST;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.migratecheck.model.ClockOffset;
import org.migratecheck.model.ProbeOutput;
import org.migratecheck.model.ProbeOutput.Completeness;

final class FrameReaderTest {
  private static final String ANSWER =
      """

      N CLOCK 1700000000.250000000

      N INDEX
            0 guests+list.e
            4 guests+list.o
            6 guests.e
            0 guests.o
            0 tools.e
            3 tools.o
           13 total
      N META
      guests S list
      guests E list 0 120 -
      guests D 3 200 -
      tools D 0 10 -
      N DATA
      one

      N
      wrong

      N
      ip

      N
      N END
      """;

  private static Frames read(String text) {
    return FrameReader.read(
        text.replaceAll("(?m)^N( |$)", NONCE + "$1").getBytes(StandardCharsets.ISO_8859_1),
        NONCE,
        REQUEST.probes(),
        Completeness.MISSING);
  }

  private static ProbeOutput whole(int status, String out, String err, long millis) {
    return new ProbeOutput(Completeness.COMPLETE, status, out, err, millis);
  }

  @Test
  void readsAnAnswer() {
    Frames frames = read(ANSWER);
    assertThat(frames.started()).isTrue();
    assertThat(frames.time()).contains(new HostTime(1_700_000_000_250L, 1));
    assertThat(frames.failure()).isEmpty();
    assertThat(frames.outputs())
        .containsEntry("guests/list", whole(0, "one\n", "", 120))
        .containsEntry("guests", whole(3, "", "wrong\n", 200))
        .containsEntry("tools", whole(0, "ip\n", "", 10))
        .hasSize(3);
  }

  @Test
  void skipsBannersBeforeBetweenAndAfter() {
    Frames frames =
        read(
            "Welcome to N CLOCK 1\nN INDEX\nno newline at the end"
                + ANSWER.replace("\nN INDEX", "background noise\nmore\nN INDEX")
                + "bye\nN INDEX\n");
    // The first line above that looks like ours is at a line's start: that host lies.
    assertThat(frames.outputs()).isEqualTo(read(ANSWER).outputs());
    assertThat(frames.time()).isPresent();
  }

  @Test
  void noiseInsideAnOutputCostsThatOutputOnly() {
    var outputs = read(ANSWER.replace("wrong", "wr[kernel: noise]\nong")).outputs();
    assertThat(outputs.get("guests").completeness()).isEqualTo(Completeness.MISSING);
    assertThat(outputs.get("guests").stderr()).isEmpty();
    assertThat(outputs.get("guests/list").stdout()).isEqualTo("one\n");
    assertThat(outputs.get("tools").stdout()).isEqualTo("ip\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4 guests+list.o", // the index
        "guests E list 0 120 -", // the lines about outputs
        "N DATA", // the sections
        "N META"
      })
  void damageToWhatDescribesOutputsLosesAll(String line) {
    assertLost(read(ANSWER.replace(line, "?" + line)).outputs());
    assertLost(read(ANSWER.replace(line, line + " x")).outputs());
    if (!line.startsWith("N")) {
      assertLost(read(ANSWER.replace(line, line + "\n" + line)).outputs());
    }
  }

  private static void assertLost(SortedMap<String, ProbeOutput> outputs) {
    assertThat(outputs)
        .containsEntry("guests", ProbeOutput.missing())
        .containsEntry("tools", ProbeOutput.missing())
        .hasSize(2);
  }

  @Test
  void aPartWithoutItsLineOrItsSizesIsMissing() {
    var noSizes =
        read(ANSWER.replaceAll(" *[0-9] guests\\+list.[eo]\n", "").replace("one\n\nN\n", ""));
    assertThat(noSizes.outputs().get("guests/list").completeness()).isEqualTo(Completeness.MISSING);
    var noLine = read(ANSWER.replaceAll("guests [SE] list.*\n", ""));
    assertThat(noLine.outputs().get("guests/list").completeness()).isEqualTo(Completeness.MISSING);
    var noEnd = read(ANSWER.replaceAll("guests E list.*\n", ""));
    assertThat(noEnd.outputs().get("guests/list").completeness()).isEqualTo(Completeness.MISSING);
  }

  @Test
  void whatWasGivenUpIsTimedOut() {
    var outputs = read(ANSWER.replaceAll("guests E list.*\nguests D.*\n", "guests K\n")).outputs();
    assertThat(outputs.get("guests").completeness()).isEqualTo(Completeness.TIMED_OUT);
    assertThat(outputs.get("guests/list").completeness()).isEqualTo(Completeness.TIMED_OUT);
    assertThat(read(ANSWER.replace("D 0 10 -", "D 0 10 T")).outputs().get("tools").completeness())
        .isEqualTo(Completeness.TIMED_OUT);
  }

  @Test
  void outputOfTheCapsSizeIsTruncated() {
    String big = "x".repeat(BatchScript.PART_CAP);
    String answer =
        ANSWER.replace("3 tools.o", big.length() + " tools.o").replace("ip\n\n", big + "\n");
    assertThat(read(answer).outputs().get("tools").completeness())
        .isEqualTo(Completeness.TRUNCATED);
  }

  @Test
  void absentOutputsSayWhy() {
    byte[] cut = Streams.bytes();
    for (Completeness why : Set.of(Completeness.TRUNCATED, Completeness.TIMED_OUT)) {
      var outputs =
          FrameReader.read(Arrays.copyOf(cut, 100), NONCE, REQUEST.probes(), why).outputs();
      assertThat(outputs.get("guests").completeness()).isEqualTo(why);
      assertThat(outputs.get("tools").completeness()).isEqualTo(why);
    }
  }

  @Test
  void probesThatNobodyAskedForAreIgnored() {
    var outputs =
        FrameReader.read(Streams.bytes(), NONCE, Set.of("tools"), Completeness.MISSING).outputs();
    assertThat(outputs.keySet()).containsExactly("tools");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9999999999 tools.o",
        "99999999999999999999 tools.o",
        "-3 tools.o",
        "2147483647 tools.o",
        "4294967295 tools.o",
        "3 ../../tools.o",
        "3 tools+a/b.o",
        "3 tools+.o",
        "3 TOOLS.o"
      })
  void hostileSizesAndNamesAreNoAnswer(String line) {
    var outputs = read(ANSWER.replace("3 tools.o", line)).outputs();
    assertThat(outputs.get("tools").completeness()).isEqualTo(Completeness.MISSING);
    assertThat(outputs.get("tools").stdout()).isEmpty();
  }

  @Test
  void aMillionLinesAreNoAnswer() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 1_000_000; i++) {
      lines.append("0 guests+p").append(i).append(".o\n");
    }
    assertLost(read(ANSWER.replace("      0 tools.e\n", lines)).outputs());
  }

  @Test
  void aScriptThatGaveUpSaysWhy() {
    Frames frames = read("\nN CLOCK 1700000000.%N\n\nN FAIL no room for\u001b[2J a directory\n");
    assertThat(frames.started()).isTrue();
    assertThat(frames.failure()).contains("no room for\\x1b[2J a directory");
    assertThat(frames.time()).contains(new HostTime(1_700_000_000_000L, 1000));
    assertLost(frames.outputs());
  }

  @Test
  void noAnswerIsNoStart() {
    assertThat(read("This account is currently not available.\n").started()).isFalse();
    assertThat(read("").started()).isFalse();
  }

  @Test
  void malformedUtf8IsReplaced() {
    var outputs = read(ANSWER.replace("ip\n\n", "\u00ff\u00fe\n\n")).outputs();
    assertThat(outputs.get("tools").stdout()).isEqualTo("\ufffd\ufffd\n");
  }

  @Test
  void theClockLiesBetweenItsBounds() {
    HostTime time = HostTime.parse("1700000010.500000000").orElseThrow();
    Instant sent = Instant.ofEpochMilli(1_700_000_000_400L);
    assertThat(time.offset(sent, sent.plusMillis(300))).isEqualTo(new ClockOffset(9799, 10101));
    HostTime coarse = HostTime.parse("1700000010").orElseThrow();
    assertThat(coarse.offset(sent, sent.plusMillis(300))).isEqualTo(new ClockOffset(9299, 10600));
    assertThat(HostTime.parse("")).isEqualTo(Optional.empty());
    assertThat(HostTime.parse("99999999999999999999")).isEmpty();
  }
}
