package org.migratecheck.facts.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RpmVersionTest {
  /** The cases of rpm's own test suite, tests/rpmvercmp.at, each read in both directions. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          1.0,                1.0,                 0
          1.0,                2.0,                -1
          2.0.1,              2.0.1,               0
          2.0,                2.0.1,              -1
          2.0.1a,             2.0.1,               1
          5.5p1,              5.5p2,              -1
          5.5p1,              5.5p10,             -1
          10xyz,              10.1xyz,            -1
          xyz10,              xyz10,               0
          xyz10,              xyz10.1,            -1
          xyz.4,              8,                  -1
          xyz.4,              2,                  -1
          5.5p2,              5.6p1,              -1
          5.6p1,              6.5p1,              -1
          6.0.rc1,            6.0,                 1
          10b2,               10a1,                1
          10a2,               10b2,               -1
          1.0a,               1.0aa,              -1
          10.0001,            10.1,                0
          10.0001,            10.0039,            -1
          4.999.9,            5.0,                -1
          20101121,           20101122,           -1
          2_0,                2.0,                 0
          a+,                 a_,                  0
          +a,                 _a,                  0
          +_,                 _+,                  0
          +,                  _,                   0
          1.0~rc1,            1.0~rc1,             0
          1.0~rc1,            1.0,                -1
          1.0~rc1,            1.0~rc2,            -1
          1.0~rc1~git123,     1.0~rc1,            -1
          1.0^,               1.0^,                0
          1.0^,               1.0,                 1
          1.0^git1,           1.0,                 1
          1.0^git1,           1.0^git2,           -1
          1.0^git1,           1.01,               -1
          1.0^20160101,       1.0.1,              -1
          1.0^20160102,       1.0^20160101^git1,   1
          1.0~rc1^git1,       1.0~rc1,             1
          1.0^git1,           1.0^git1~pre,        1
          1b.fc17,            1.fc17,             -1
          1g.fc17,            1.fc17,              1
          """)
  void ordersLikeRpmvercmp(String a, String b, int order) {
    assertThat(Integer.signum(RpmVersion.compareSegments(a, b))).isEqualTo(order);
    assertThat(Integer.signum(RpmVersion.compareSegments(b, a))).isEqualTo(-order);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          17:7.2.0-14.el9_2.5,  17:7.2.0-14.el9_2.3,   1
          18:7.2.0-14.el9_2.5,  17:9.0.0-1.el9,        1
          0:1.0-1,              1.0-1,                 0
          1:1.0-1,              2.0-1,                 1
          5.14.0-284.30.1.el9_2, 5.14.0-284.11.1.el9_2, 1
          9.0.0-10.3.el9_2,     9.0.0-10.el9,          1
          9.0.0,                9.0.0-10.el9,          0
          2:8.2.2637-20.el9_1,  2:8.2.2637-20.el9_2,  -1
          99999999999999999999:1-1, 99999999999999999998:1-1, 1
          """)
  void ordersEpochThenVersionThenRelease(String a, String b, int order) {
    assertThat(Integer.signum(RpmVersion.compare(a, b))).isEqualTo(order);
    assertThat(Integer.signum(RpmVersion.compare(b, a))).isEqualTo(-order);
  }

  @Property(tries = 500)
  void isAnOrder(
      @ForAll("versions") String a, @ForAll("versions") String b, @ForAll("versions") String c) {
    assertThat(RpmVersion.compareSegments(a, a)).isZero();
    assertThat(Integer.signum(RpmVersion.compareSegments(a, b)))
        .isEqualTo(-Integer.signum(RpmVersion.compareSegments(b, a)));
    if (RpmVersion.compareSegments(a, b) <= 0 && RpmVersion.compareSegments(b, c) <= 0) {
      assertThat(RpmVersion.compareSegments(a, c)).isLessThanOrEqualTo(0);
    }
  }

  @Provide
  Arbitrary<String> versions() {
    return Arbitraries.strings().withChars("0012.9ab~^+_").ofMinLength(1).ofMaxLength(9);
  }

  /** The installed rpm is the oracle for random versions; one process compares all pairs. */
  @Test
  void agreesWithTheInstalledRpm(@TempDir Path dir) throws Exception {
    assumeTrue(Tool.exists("rpm"), "rpm is not installed");
    RandomVersions random = new RandomVersions(20230601L, "0012345.9aB~^+_");
    List<String[]> pairs = new ArrayList<>();
    while (pairs.size() < 3000) {
      String a = random.evr();
      String b = random.near(a);
      if (a.contains("-") == b.contains("-")) {
        pairs.add(new String[] {a, b});
      }
    }
    Path file = write(dir, pairs);
    String lua =
        "%{lua:for l in io.lines('"
            + file
            + "') do local a, b = l:match('(%S+) (%S+)') io.stdout:write(rpm.vercmp(a, b), string.char(10)) end}";
    List<String> answers =
        Tool.lines("rpm", "--eval", lua).stream().filter(l -> !l.isBlank()).toList();
    assertThat(answers).hasSize(pairs.size());
    for (int i = 0; i < pairs.size(); i++) {
      String[] pair = pairs.get(i);
      assertThat(Integer.toString(Integer.signum(RpmVersion.compare(pair[0], pair[1]))))
          .as("%s against %s", pair[0], pair[1])
          .isEqualTo(answers.get(i));
    }
  }

  private static Path write(Path dir, List<String[]> pairs) throws IOException {
    return Files.write(dir.resolve("pairs"), pairs.stream().map(p -> p[0] + " " + p[1]).toList());
  }
}
