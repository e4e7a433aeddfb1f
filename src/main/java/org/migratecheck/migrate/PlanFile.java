package org.migratecheck.migrate;

import com.fasterxml.jackson.annotation.Nulls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.migratecheck.model.MigrationPlan;
import org.migratecheck.model.Printable;
import org.migratecheck.model.Report;
import org.migratecheck.report.JsonReport;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A plan as a file: the JSON report that holds it, under an id that is the SHA-256 of all of it.
 * White space does not matter, every other change does. The sum shows edits; it is no signature.
 */
public final class PlanFile {
  private static final int MAX_BYTES = 64 * 1024 * 1024;

  /** Built on first use: most runs read no plan. */
  private static final class Json {
    static final JsonMapper MAPPER =
        JsonMapper.builder(
                JsonFactory.builder()
                    .streamReadConstraints(
                        StreamReadConstraints.builder()
                            .maxNestingDepth(30)
                            .maxDocumentLength(MAX_BYTES)
                            .build())
                    .build())
            .enable(
                DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .changeDefaultNullHandling(n -> n.withContentNulls(Nulls.FAIL))
            .build();
  }

  private PlanFile() {}

  /** Returns the report with the plan under its id. */
  public static Report seal(Report report, MigrationPlan plan) {
    return report.with(plan.withId(sum(report, plan)), List.of());
  }

  private static String sum(Report report, MigrationPlan plan) {
    return Planner.sha256(JsonReport.render(report.with(plan.withId(""), List.of())));
  }

  /**
   * Reads a plan.
   *
   * @throws PlanException when it is missing, damaged, edited, no plan, or already executed
   */
  public static Report read(Path file) throws PlanException {
    String name = Printable.line(file.toString());
    Report report;
    try {
      if (Files.isDirectory(file)) {
        throw new PlanException(name + ": is a directory");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new PlanException(name + ": is too large to be a plan");
      }
      report = Json.MAPPER.readValue(Files.readString(file, StandardCharsets.UTF_8), Report.class);
    } catch (java.nio.file.NoSuchFileException e) {
      throw new PlanException(name + ": no such file");
    } catch (JacksonException e) {
      throw new PlanException(name + ": is cut, damaged or no plan written by this version");
    } catch (IOException e) {
      throw new PlanException(name + ": cannot be read");
    }
    return verified(name, report);
  }

  private static Report verified(String name, Report report) throws PlanException {
    if (report == null || report.plan() == null || report.plan().isEmpty()) {
      throw new PlanException(name + ": is a report without a plan; make one with --plan");
    }
    if (!report.schemaVersion().equals(Report.SCHEMA_VERSION)) {
      throw new PlanException(name + ": is of another version");
    }
    if (!report.moves().isEmpty()) {
      throw new PlanException(name + ": is the report of a migration that was already done");
    }
    MigrationPlan plan = report.plan().get();
    if (!sum(report, plan).equals(plan.id())) {
      throw new PlanException(name + ": was changed after it was written (its id does not fit)");
    }
    return report;
  }
}
