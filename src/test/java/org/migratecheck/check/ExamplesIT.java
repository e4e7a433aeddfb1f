package org.migratecheck.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.migratecheck.testing.Examples;
import org.migratecheck.testing.Reports;

/**
 * Every check has a passing and a failing example, words for a fix and a reference. Runs after the
 * unit tests, whose examples it counts; {@code mvn verify -Dtest=...} leaves too few of them.
 */
final class ExamplesIT {
  private static Catalogue catalogue;
  private static Set<String> seen;

  @BeforeAll
  static void read() throws Exception {
    catalogue = Reports.load(List.of(Path.of("checks")));
    assertThat(Examples.FILE).as("what the unit tests noted").isRegularFile();
    seen = Set.copyOf(Files.readAllLines(Examples.FILE));
  }

  private static Set<String> withNone(String... statuses) {
    return catalogue.checks().keySet().stream()
        .filter(id -> Set.of(statuses).stream().noneMatch(s -> seen.contains(id + " " + s)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void everyCheckHasAPassingExample() {
    Set<String> missing = withNone("PASS");
    // It does not apply where TLS is not forced; where it is, there is always the warning to give
    // --tls.
    assertThat(missing).contains("migration-tls");
    missing.remove("migration-tls");
    assertThat(missing).isEmpty();
  }

  @Test
  void everyCheckHasAFailingExample() {
    Set<String> missing = withNone("FAIL", "WARN");
    // What could not be read is an error, and says no more.
    assertThat(missing).contains(Catalogue.HOST_READ);
    assertThat(withNone("ERROR")).doesNotContain(Catalogue.HOST_READ);
    missing.remove(Catalogue.HOST_READ);
    assertThat(missing).isEmpty();
  }

  @Test
  void everyProblemHasAFix() {
    catalogue
        .checks()
        .forEach(
            (id, check) ->
                check
                    .texts()
                    .problems()
                    .forEach(
                        (kind, text) -> assertThat(text.fix()).as(id + " " + kind).isNotBlank()));
  }

  @Test
  void everyCheckHasAReference() {
    catalogue
        .checks()
        .forEach(
            (id, check) ->
                assertThat(check.texts().reference())
                    .as(id)
                    .isNotEmpty()
                    .allSatisfy(reference -> assertThat(reference).isNotBlank()));
  }
}
