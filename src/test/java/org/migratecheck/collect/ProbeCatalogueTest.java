package org.migratecheck.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.migratecheck.collect.Probe.Step;

final class ProbeCatalogueTest {
  private static final String HEAD =
      """
      # What: a thing,
      #   and another.
      # Variables: MC_X, which is no key of ours
      # Step: link-source, link-destination
      # Deadline: 7
      # Side effect: listens for
      #   three seconds
      echo hello
      # Step: host
      """;

  @TempDir private Path dir;

  private Path write(String directory, String name, String text) throws Exception {
    Path probes = Files.createDirectories(dir.resolve(directory).resolve("probes"));
    return Files.writeString(probes.resolve(name), text, StandardCharsets.ISO_8859_1);
  }

  @Test
  void readsHeads() throws Exception {
    write("a", "thing.sh", HEAD);
    Probe probe = ProbeCatalogue.load(List.of(dir.resolve("a"))).find("thing").orElseThrow();
    assertThat(probe.what()).isEqualTo("a thing, and another.");
    assertThat(probe.steps()).containsExactly(Step.LINK_SOURCE, Step.LINK_DESTINATION);
    assertThat(probe.deadline()).isEqualTo(Duration.ofSeconds(7));
    assertThat(probe.sideEffect()).contains("listens for three seconds");
    assertThat(probe.text()).isEqualTo(HEAD);
  }

  @Test
  void whoAllowsAHostMoreTimeAllowsItsProbesMore() throws Exception {
    write("a", "thing.sh", HEAD);
    ProbeCatalogue catalogue = ProbeCatalogue.load(List.of(dir.resolve("a")));
    Probe slower = catalogue.patient(Duration.ofSeconds(180)).find("thing").orElseThrow();
    assertThat(slower.deadline()).isEqualTo(Duration.ofSeconds(21));
    assertThat(slower.text()).isEqualTo(HEAD);
    Probe same = catalogue.patient(Duration.ofSeconds(30)).find("thing").orElseThrow();
    assertThat(same.deadline()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void laterDirectoriesAndInlineProbesReplaceByName() throws Exception {
    write("a", "thing.sh", HEAD);
    write("a", "other.sh", "# What: x\n# Step: host\n# Deadline: 5\nfirst\n");
    write("b", "other.sh", "# What: x\n# Step: host\n# Deadline: 5\nsecond\n");
    write("b", "notes.txt", "no probe");
    ProbeCatalogue catalogue =
        ProbeCatalogue.load(List.of(dir.resolve("a"), dir.resolve("b"), dir.resolve("absent")));
    assertThat(catalogue.all()).extracting(Probe::name).containsExactly("other", "thing");
    assertThat(catalogue.find("other").orElseThrow().text()).endsWith("second\n");
    ProbeCatalogue more = catalogue.with(Probe.inline("other", "third"));
    assertThat(more.select(List.of("thing", "other", "absent"), Step.HOST))
        .extracting(Probe::text)
        .containsExactly("third");
  }

  @Test
  void allMistakesAreReportedTogether() throws Exception {
    write("a", "Bad_Name.sh", "# What: x\n# Step: host\n# Deadline: 5\n");
    write("a", "empty.sh", "");
    write("a", "deadline.sh", "# What: x\n# Step: sometimes\n# Deadline: 301\n");
    write("a", "binary.sh", "# What: \u00ff\n");
    write("a", "nul.sh", "# What: x\n# Step: host\n# Deadline: 5\n\0");
    write("a", "huge.sh", "#".repeat(300 * 1024));
    Files.createDirectories(dir.resolve("a/probes/directory.sh"));
    ProbeException e =
        catchThrowableOfType(
            ProbeException.class, () -> ProbeCatalogue.load(List.of(dir.resolve("a"))));
    assertThat(e.problems())
        .hasSize(11)
        .allMatch(p -> p.startsWith(dir.resolve("a/probes").toString()))
        .anyMatch(p -> p.contains("Bad_Name.sh: a probe's name"))
        .anyMatch(p -> p.contains("empty.sh: has no line '# What: ...'"))
        .anyMatch(p -> p.contains("unknown step 'sometimes'"))
        .anyMatch(p -> p.contains("deadline.sh: needs '# Deadline: SECONDS'"))
        .anyMatch(p -> p.contains("binary.sh: is not UTF-8"))
        .anyMatch(p -> p.contains("nul.sh: contains a NUL"))
        .anyMatch(p -> p.contains("huge.sh: is larger"))
        .anyMatch(p -> p.contains("directory.sh: is no regular file"));
  }

  @Test
  void whatAsksAboutGuestsMayTakeLongerForMoreOfThem() throws Exception {
    write("a", "each.sh", "# What: x\n# Step: link-source\n# Deadline: 15 for 8 guests\n");
    write("a", "once.sh", "# What: x\n# Step: link-source\n# Deadline: 15\n");
    ProbeCatalogue catalogue = ProbeCatalogue.load(List.of(dir.resolve("a")));
    Probe each = catalogue.find("each").orElseThrow();
    assertThat(each.forGuests(8).deadline()).isEqualTo(Duration.ofSeconds(15));
    assertThat(each.forGuests(80).deadline()).isEqualTo(Duration.ofSeconds(150));
    assertThat(catalogue.find("once").orElseThrow().forGuests(80).deadline())
        .isEqualTo(Duration.ofSeconds(15));
    assertThat(catalogue.patient(Duration.ofSeconds(120)).find("each").orElseThrow().forGuests(16))
        .satisfies(p -> assertThat(p.deadline()).isEqualTo(Duration.ofSeconds(60)));
  }

  @Test
  void refusesNamesThatAreNoWords() {
    assertThatThrownBy(() -> Probe.inline("a b; reboot", "true"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Probe.inline("ok", "a\0b"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ourOwnProbesAreSound() throws Exception {
    assertThat(ProbeCatalogue.load(List.of(Path.of("checks"))).all())
        .extracting(Probe::name)
        .contains("guests", "tools");
  }
}
