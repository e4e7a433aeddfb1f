package org.migratecheck.facts.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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

class DpkgVersionTest {
  /** The cases of dpkg's own test suite, scripts/t/Dpkg_Version.t, each in both directions. */
  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          1.0-1,                              2.0-2,                               -1
          2.2~rc-4,                           2.2-1,                               -1
          1.0000-1,                           1.0-1,                                0
          1,                                  0:1,                                  0
          0,                                  0:0-0,                                0
          2:2.5,                              1:7.5,                                1
          1:0foo,                             0foo,                                 1
          0foo-0,                             0foo,                                 0
          0foo,                               0fo,                                  1
          0foo-0,                             0foo+,                               -1
          0foo~1,                             0foo,                                -1
          0foo~foo+Bar,                       0foo~foo+bar,                        -1
          0foo~~,                             0foo~,                               -1
          1~,                                 1,                                   -1
          12345+that-really-is-some-ver-0,    12345+that-really-is-some-ver-10,    -1
          0foo-0,                             0foo-01,                             -1
          0foo.bar,                           0foobar,                              1
          0foo.bar,                           0foo1bar,                             1
          0foo.bar,                           0foo0bar,                             1
          0foo1bar-1,                         0foobar-1,                           -1
          0foo2.0,                            0foo2,                                1
          0foo2.0.0,                          0foo2.10.0,                          -1
          0foo2.0,                            0foo2.0.0,                           -1
          0foo2.1,                            0foo2.10,                            -1
          1.09,                               1.9,                                  0
          1.0.8+nmu1,                         1.0.8,                                1
          3.11,                               3.10+nmu1,                            1
          0.9j-20080306-4,                    0.9i-20070324-2,                      1
          1.2.0~b7-1,                         1.2.0~b6-1,                           1
          1.011-1,                            1.06-2,                               1
          0.0.9+dfsg1-1,                      0.0.8+dfsg1-3,                        1
          4.6.99+svn6582-1,                   4.6.99+svn6496-1,                     1
          53,                                 52,                                   1
          0.9.9~pre122-1,                     0.9.9~pre111-1,                       1
          2:2.3.2-2+lenny2,                   2:2.3.2-2,                            1
          1:3.8.1-1,                          3.8.GA-1,                             1
          1.0.1+gpl-1,                        1.0.1-2,                              1
          1a,                                 1000a,                               -1
          1:7.2+dfsg-7+deb12u18+b3,           1:7.2+dfsg-7+deb12u18,                1
          """)
  void ordersLikeDpkg(String a, String b, int order) {
    assertThat(Integer.signum(DpkgVersion.compare(a, b))).isEqualTo(order);
    assertThat(Integer.signum(DpkgVersion.compare(b, a))).isEqualTo(-order);
  }

  @Property(tries = 500)
  void isAnOrder(
      @ForAll("versions") String a, @ForAll("versions") String b, @ForAll("versions") String c) {
    assertThat(DpkgVersion.compare(a, a)).isZero();
    assertThat(Integer.signum(DpkgVersion.compare(a, b)))
        .isEqualTo(-Integer.signum(DpkgVersion.compare(b, a)));
    if (DpkgVersion.compare(a, b) <= 0 && DpkgVersion.compare(b, c) <= 0) {
      assertThat(DpkgVersion.compare(a, c)).isLessThanOrEqualTo(0);
    }
  }

  @Provide
  Arbitrary<String> versions() {
    return Arbitraries.strings().withChars("0012.9ab~+-:").ofMinLength(1).ofMaxLength(9);
  }

  /** The installed dpkg is the oracle for random versions. */
  @Test
  void agreesWithTheInstalledDpkg(@TempDir Path dir) throws Exception {
    assumeTrue(Tool.exists("dpkg"), "dpkg is not installed");
    RandomVersions random = new RandomVersions(19930816L, "0012345.9aB~+");
    List<String[]> pairs = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String a = random.evr();
      pairs.add(new String[] {a, random.near(a)});
    }
    Path file =
        Files.write(dir.resolve("pairs"), pairs.stream().map(p -> p[0] + " " + p[1]).toList());
    String script =
        """
        while read -r a b; do
          if dpkg --compare-versions "$a" lt "$b"; then echo -1
          elif dpkg --compare-versions "$a" gt "$b"; then echo 1
          else echo 0; fi
        done < "$0"
        """;
    List<String> answers = Tool.lines("sh", "-c", script, file.toString());
    assertThat(answers).hasSize(pairs.size());
    for (int i = 0; i < pairs.size(); i++) {
      String[] pair = pairs.get(i);
      assertThat(Integer.toString(Integer.signum(DpkgVersion.compare(pair[0], pair[1]))))
          .as("%s against %s", pair[0], pair[1])
          .isEqualTo(answers.get(i));
    }
  }
}
