package org.migratecheck.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.migratecheck.model.Move;
import org.migratecheck.model.Report;
import org.migratecheck.model.Status;
import org.migratecheck.report.HtmlReport;
import org.migratecheck.report.JsonReport;

/** A plan comes back from its file as it was written, or not at all. */
final class PlanFileTest {
  @TempDir Path directory;
  private Report report;
  private Path file;

  @BeforeEach
  void write() throws Exception {
    report = Plans.planned(Plans.catalogue(Files.createDirectory(directory.resolve("c"))), "hello");
    file = directory.resolve("plan.json");
    Files.writeString(file, JsonReport.render(report));
  }

  @Test
  void comesBackEqual() throws Exception {
    assertThat(PlanFile.read(file)).isEqualTo(report);
  }

  @Test
  void whiteSpaceDoesNotMatter() throws Exception {
    Files.writeString(file, Files.readString(file).replace("\n", "\r\n  "));
    assertThat(PlanFile.read(file)).isEqualTo(report);
  }

  @ParameterizedTest
  @CsvSource({
    "'qemu+ssh://b/system',qemu+ssh://c/system",
    "READY,NOT_READY",
    "hello,bye",
    "SHA256:b,SHA256:c",
    "--p2p,--unsafe",
    "2026-01-01T00,2027-01-01T00"
  })
  void everyEditIsNoticed(String from, String to) throws Exception {
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replaceFirst(java.util.regex.Pattern.quote(from), to));
    assertThatThrownBy(() -> PlanFile.read(file))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("changed after it was written");
  }

  @Test
  void whatIsNoPlanIsRefusedInOneLine() throws Exception {
    String text = Files.readString(file);
    for (String bad :
        List.of("", "{}", "[", "null", text.substring(0, 500), "[".repeat(5000), "\"x\"")) {
      Files.writeString(file, bad);
      assertThatThrownBy(() -> PlanFile.read(file))
          .isInstanceOf(PlanException.class)
          .message()
          .doesNotContain("\n");
    }
    assertThatThrownBy(() -> PlanFile.read(directory)).hasMessageContaining("is a directory");
    assertThatThrownBy(() -> PlanFile.read(directory.resolve("none")))
        .hasMessageContaining("no such file");
  }

  @Test
  void aPlanThatWasExecutedIsNotExecutedAgain() throws Exception {
    Files.writeString(file, JsonReport.render(moved()));
    assertThatThrownBy(() -> PlanFile.read(file)).hasMessageContaining("already done");
  }

  @Test
  void planAndOutcomeFollowTheSchemaAndAreShown() throws Exception {
    try (InputStream in = getClass().getResourceAsStream("/report.schema.json")) {
      var schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
      assertThat(schema.validate(JsonReport.render(report), InputFormat.JSON)).isEmpty();
      assertThat(schema.validate(JsonReport.render(moved()), InputFormat.JSON)).isEmpty();
    }
    String page = new HtmlReport(Path.of("templates")).render(moved());
    assertThat(page)
        .contains(
            report.plan().orElseThrow().id(),
            "virsh migrate --live --p2p",
            "guest runs on b",
            "What was done",
            "&lt;b&gt; said",
            "stood still for 30 ms");
  }

  private Report moved() {
    Move move =
        new Move(
            "guest",
            Plans.UUID,
            Move.Result.MOVED,
            "guest runs on b",
            List.of(new Move.Stage("moved", Instant.EPOCH, "to b")),
            Optional.of(new Move.Measured(2000, 30, 1 << 20, 3)),
            List.of(new Move.Verified("runs", Status.PASS, "yes")),
            List.of("<b> said"));
    return report.with(report.plan().orElseThrow(), List.of(move));
  }
}
