package org.migratecheck.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schema says the same of a check file as the program does. */
final class CheckSchemaTest {
  private static final Schema SCHEMA = schema();

  private static Schema schema() {
    try {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(Files.readString(Path.of("checks/check.schema.json")), InputFormat.JSON);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static Stream<Path> files() throws IOException {
    return Files.walk(Path.of("checks"))
        .filter(p -> p.toString().endsWith(".yaml"))
        .filter(p -> p.getParent().getParent() != null);
  }

  @ParameterizedTest
  @MethodSource("files")
  void ourFilesFollowIt(Path file) throws IOException {
    assertThat(SCHEMA.validate(Files.readString(file), InputFormat.YAML)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "severity: blocker",
        "scope: host",
        "why: ",
        "problems: {}",
        "evaluator: host-reachable"
      })
  void aFileWithoutWhatIsNeededDoesNot(String line) throws IOException {
    String good = Files.readString(Path.of("checks/run/host-reachable.yaml"));
    String bad = good.replaceAll("(?m)^" + java.util.regex.Pattern.quote(line) + ".*$", "");
    assertThat(bad).isNotEqualTo(good);
    assertThat(SCHEMA.validate(bad, InputFormat.YAML)).isNotEmpty();
    assertThat(SCHEMA.validate(good + "\nsurprise: 1\n", InputFormat.YAML)).isNotEmpty();
  }
}
