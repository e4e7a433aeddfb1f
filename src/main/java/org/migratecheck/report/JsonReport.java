package org.migratecheck.report;

import org.migratecheck.model.Report;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The report as JSON; its layout is {@code report.schema.json} in the program's resources. */
public final class JsonReport {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(tools.jackson.core.json.JsonWriteFeature.ESCAPE_NON_ASCII)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private JsonReport() {}

  /**
   * Returns the report as JSON text that ends with a newline; equal reports give equal text. All
   * but ASCII is escaped, so that hostile values cannot act on a terminal.
   */
  public static String render(Report report) {
    return MAPPER.writeValueAsString(report) + "\n";
  }
}
