package org.migratecheck.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.migratecheck.model.Report.ByHand;
import org.migratecheck.testing.Reports;

final class ByHandListTest {
  private static final Path OURS = Path.of("checks");

  @Test
  void listsWhatBelongsToTheChosenChecks() throws Exception {
    Catalogue all = Reports.load(List.of(OURS));
    assertThat(ByHandList.load(List.of(OURS), all.checks().values(), YamlCache.none()))
        .extracting(ByHand::id)
        .contains("switch-ports", "storage-changes", "secret-values")
        .isSorted();
    Catalogue network = all.select(List.of("network"), List.of());
    assertThat(ByHandList.load(List.of(OURS), network.checks().values(), YamlCache.none()))
        .extracting(ByHand::id)
        .containsExactly("switch-ports");
  }

  @Test
  void aSiteAddsAndReplaces(@TempDir Path site) throws Exception {
    Files.writeString(
        site.resolve("confirm-by-hand.yaml"),
        """
        - {id: switch-ports, groups: [network], item: Ask the network team., why: Ours knows.}
        - {id: change-window, groups: [run], item: The window is open., why: It is in the calendar.}
        """);
    Catalogue all = Reports.load(List.of(OURS, site));
    assertThat(ByHandList.load(List.of(OURS, site), all.checks().values(), YamlCache.none()))
        .contains(
            new ByHand("switch-ports", "Ask the network team.", "Ours knows."),
            new ByHand("change-window", "The window is open.", "It is in the calendar."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id: x",
        "- {id: x}",
        "- [",
        "- {id: x, groups: [a], item: b, why: c, d: e}",
        "- null"
      })
  void aWrongFileIsNamed(String text) throws Exception {
    Path site = Files.createTempDirectory("site");
    Files.writeString(site.resolve("confirm-by-hand.yaml"), text);
    assertThatThrownBy(() -> ByHandList.load(List.of(site), List.of(), YamlCache.none()))
        .isInstanceOfSatisfying(
            CatalogueException.class,
            e ->
                assertThat(e.mistakes())
                    .singleElement()
                    .asString()
                    .contains("confirm-by-hand.yaml: "));
  }
}
