package org.migratecheck.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.migratecheck.facts.FactRegistry;

/** Checks read from the cache are the checks of the files, whatever happened to either. */
final class YamlCacheTest {
  private static final Path OURS = Path.of("checks");

  @TempDir Path site;
  @TempDir Path kept;

  private Path cacheFile() {
    return kept.resolve("checks.cache");
  }

  private Catalogue load(Path directory) throws CatalogueException {
    YamlCache cache = YamlCache.in(kept);
    Catalogue catalogue = new CatalogueLoader(FactRegistry.load(), cache).load(List.of(directory));
    cache.save();
    return catalogue;
  }

  private Path check(String title) throws Exception {
    return Files.writeString(
        site.resolve("site-check.yaml"),
        """
        id: site-check
        title: %s
        group: system
        scope: pair
        severity: warning
        needs: [kernel]
        rule: {equal: kernel.machine}
        why: Because.
        pass: Same.
        problems:
          differs: {message: Other., fix: Same again.}
        reference: [none]
        """
            .formatted(title));
  }

  private String title() throws CatalogueException {
    return load(site).checks().get("site-check").title();
  }

  @Test
  void ourChecksAreTheSameFromTheCache() throws Exception {
    Catalogue first = load(OURS);
    assertThat(cacheFile()).isRegularFile();
    Catalogue second = load(OURS);
    assertThat(second.sha256()).isEqualTo(first.sha256());
    assertThat(second.checks().keySet()).isEqualTo(first.checks().keySet());
    first
        .checks()
        .forEach(
            (id, check) ->
                assertThat(second.checks().get(id))
                    .as(id)
                    .usingRecursiveComparison()
                    .ignoringFields("judge")
                    .isEqualTo(check));
  }

  @Test
  void aKnownTextIsReadFromTheCache() throws Exception {
    check("First");
    assertThat(title()).isEqualTo("First");
    Files.writeString(cacheFile(), Files.readString(cacheFile()).replace("First", "Cached"));
    assertThat(title()).isEqualTo("Cached");
  }

  @Test
  void anEditedFileIsReadAnew() throws Exception {
    check("First");
    load(site);
    check("Other");
    assertThat(title()).isEqualTo("Other");
    assertThat(Files.readString(cacheFile())).contains("Other").doesNotContain("First");
  }

  @Test
  void aDamagedCacheIsNone() throws Exception {
    check("First");
    load(site);
    String whole = Files.readString(cacheFile());
    for (int length : new int[] {0, 20, 60, 120, 200, whole.length() - 1}) {
      Files.writeString(cacheFile(), whole.substring(0, length));
      assertThat(title()).as("cut after %d", length).isEqualTo("First");
    }
    Files.writeString(cacheFile(), whole.replace("\"title\"", "\"tit\\u0000"));
    assertThat(title()).isEqualTo("First");
    Files.write(cacheFile(), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThat(title()).isEqualTo("First");
  }

  @Test
  void aMistakeIsNotKept() throws Exception {
    Path file = check("First");
    Files.writeString(file, Files.readString(file).replace("system", "No Group"));
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> load(site))
          .isInstanceOfSatisfying(
              CatalogueException.class,
              e -> assertThat(e.mistakes()).anyMatch(m -> m.contains("site-check.yaml:3: ")));
    }
  }

  @Test
  void aNumberThatIsATextIsNotKept() throws Exception {
    check("1.10");
    assertThat(title()).isEqualTo("1.10");
    assertThat(cacheFile()).doesNotExist();
    assertThat(title()).isEqualTo("1.10");
  }

  @Test
  void whereNothingCanBeKeptTheChecksAreReadAllTheSame() throws Exception {
    check("First");
    kept = kept.resolve("missing");
    assertThat(title()).isEqualTo("First");
    assertThat(kept).doesNotExist();
  }
}
