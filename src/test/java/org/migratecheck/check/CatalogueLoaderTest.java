package org.migratecheck.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.migratecheck.model.Policy;
import org.migratecheck.model.Severity;
import org.migratecheck.testing.Reports;

final class CatalogueLoaderTest {
  private static final String GOOD =
      """
      id: site-motd
      title: Same message of the day
      group: site
      scope: pair
      severity: warning
      rule: {equal: probe}
      policies: {compatible: {severity: info}}
      probe: |
        cat /etc/motd
      parse: lines
      why: People like it.
      pass: same
      problems:
        differs: {message: "{source-value} is not {destination-value}", fix: Align it.}
      reference: [site handbook]
      """;

  @TempDir Path directory;

  @Test
  void readsACheckWithItsOwnProbe() throws Exception {
    Check check = load(GOOD).checks().get("site-motd");
    assertThat(check.severity(Policy.STRICT)).isEqualTo(Severity.WARNING);
    assertThat(check.severity(Policy.COMPATIBLE)).isEqualTo(Severity.INFO);
    assertThat(check.probes()).containsEntry("site-site-motd", "cat /etc/motd\n");
    assertThat(check.judge()).containsOnlyKeys(Policy.values());
  }

  @Test
  void aLaterDirectoryReplacesACheckOfTheSameId() throws Exception {
    Path ours = Files.createDirectory(directory.resolve("ours"));
    Path theirs = Files.createDirectory(directory.resolve("theirs"));
    Files.writeString(ours.resolve("site-motd.yaml"), GOOD);
    Files.writeString(theirs.resolve("site-motd.yaml"), GOOD.replace("warning", "blocker"));
    Catalogue catalogue = Reports.load(List.of(ours, theirs));
    assertThat(catalogue.checks()).hasSize(1);
    assertThat(catalogue.checks().get("site-motd").severity()).isEqualTo(Severity.BLOCKER);
  }

  @Test
  void aDirectoryMayBeALink() throws Exception {
    Path real = Files.createDirectory(directory.resolve("real"));
    Files.writeString(real.resolve("site-motd.yaml"), GOOD);
    Path link = Files.createSymbolicLink(directory.resolve("link"), real);
    assertThat(Reports.load(List.of(link)).checks()).containsOnlyKeys("site-motd");
  }

  static Stream<Arguments> brokenFiles() {
    return Stream.of(
        Arguments.of("severity: warning", "severity: bad", 5),
        Arguments.of("scope: pair", "scope: [", 4),
        Arguments.of("why: People like it.", "why: People like it.\nwhi: not", 12),
        Arguments.of("rule: {equal: probe}", "rule: {equal: os.version}", 6),
        Arguments.of("rule: {equal: probe}", "evaluator: none-such", 6),
        Arguments.of("id: site-motd", "id: other", 1),
        Arguments.of("id: site-motd", "id: ../../x", 1),
        Arguments.of("group: site", "group: site\ngroup: site", 4),
        Arguments.of("differs:", "different:", 13),
        Arguments.of("parse: lines", "parse: regex", 1),
        Arguments.of(
            "title: Same message of the day", "title: !!javax.script.ScriptEngineManager [x]", 2));
  }

  @ParameterizedTest
  @MethodSource("brokenFiles")
  void aBrokenFileIsNamedWithLineAndReason(String good, String bad, int line) {
    String text = GOOD.replace(good, bad);
    assertThat(text).isNotEqualTo(GOOD);
    assertThatThrownBy(() -> load(text))
        .isInstanceOfSatisfying(
            CatalogueException.class,
            e ->
                assertThat(e.mistakes())
                    .anySatisfy(
                        m ->
                            assertThat(m)
                                .startsWith(directory + "/site-motd.yaml:" + line + ": ")
                                .doesNotContain("\n")));
  }

  @Test
  void anAliasBombIsRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 12; i++) {
      String item = "*a" + (i - 1);
      bomb.append(
          "a%d: &a%d [%s]\n"
              .formatted(
                  i, i, String.join(",", List.of(item, item, item, item, item, item, item, item))));
    }
    assertThatThrownBy(() -> load(bomb.toString())).isInstanceOf(CatalogueException.class);
  }

  @Test
  void emptyAndDeepFilesAreRefused() {
    assertThatThrownBy(() -> load("")).isInstanceOf(CatalogueException.class);
    assertThatThrownBy(() -> load("[".repeat(100_000))).isInstanceOf(CatalogueException.class);
    assertThatThrownBy(() -> Reports.load(List.of(directory.resolve("none"))))
        .isInstanceOf(CatalogueException.class)
        .hasMessageContaining("no directory");
  }

  @Test
  void allMistakesAreReportedTogether() throws Exception {
    Files.writeString(directory.resolve("a.yaml"), "x: 1\n");
    Files.writeString(directory.resolve("b.yaml"), "y: [\n");
    assertThatThrownBy(() -> Reports.load(List.of(directory)))
        .isInstanceOfSatisfying(CatalogueException.class, e -> assertThat(e.mistakes()).hasSize(2));
  }

  @Test
  void selectionKeepsTheCheckThatAHostWasRead() throws Exception {
    Catalogue all = Reports.load(List.of(Path.of("checks/run")));
    assertThat(all.select(List.of("guests-present"), List.of()).checks())
        .containsOnlyKeys("guests-present", Catalogue.HOST_READ);
    assertThat(all.select(List.of(), List.of("guests-present", Catalogue.HOST_READ)).checks())
        .containsKey(Catalogue.HOST_READ)
        .doesNotContainKey("guests-present");
    assertThatThrownBy(() -> all.select(List.of("nope"), List.of()))
        .isInstanceOf(CatalogueException.class)
        .hasMessageContaining("'nope'");
    assertThatThrownBy(() -> all.select(List.of(), List.of("run")))
        .isInstanceOf(CatalogueException.class)
        .hasMessageContaining("no check is left");
  }

  private Catalogue load(String text) throws Exception {
    Files.writeString(directory.resolve("site-motd.yaml"), text);
    return Reports.load(List.of(directory));
  }
}
