package org.migratecheck.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.migratecheck.model.Report;
import org.migratecheck.report.ConsoleReport;
import org.migratecheck.report.HtmlReport;
import org.migratecheck.report.JsonReport;
import org.migratecheck.report.Style;
import picocli.CommandLine.Option;

/** Where the report goes. */
final class ReportOptions {
  private static final String STDOUT = "-";

  @Option(
      names = "--html",
      paramLabel = "FILE",
      defaultValue = "migrate-check-report.html",
      description = "The HTML report (default ${DEFAULT-VALUE}).")
  private Path html;

  @Option(
      names = "--json",
      paramLabel = "FILE|-",
      description = "The JSON report; - prints it instead of the text.")
  private Optional<String> json = Optional.empty();

  @Option(
      names = {"-v", "--verbose"},
      description = "List every check, with the values seen.")
  private boolean verbose;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print only the verdict.")
  private boolean quiet;

  @Option(
      names = "--color",
      paramLabel = "auto|always|never",
      defaultValue = "auto",
      description = "Colours (default ${DEFAULT-VALUE}).")
  private Terminal.Color color;

  boolean jsonOnStdout() {
    return json.equals(Optional.of(STDOUT));
  }

  boolean quiet() {
    return quiet;
  }

  void verify() throws UsageException {
    Output.verify(html);
    if (json.isPresent() && !json.get().equals(STDOUT)) {
      Output.verify(Path.of(json.get()));
    }
  }

  /** Renders a report to nowhere, so that the real one is made faster. */
  void rehearse(Report report) {
    try {
      html().render(report);
    } catch (IOException e) {
      // The real report will meet the same mistake, and tell of it.
      return;
    }
    ConsoleReport.render(report, Terminal.style(color), verbose);
  }

  private static HtmlReport html() throws IOException {
    return new HtmlReport(CheckOptions.home().resolve("templates"));
  }

  void write(Report report, Terminal terminal) throws UsageException {
    Style style = Terminal.style(color);
    boolean jsonOnStdout = json.equals(Optional.of(STDOUT));
    if (json.isPresent()) {
      String text = JsonReport.render(report);
      if (jsonOnStdout) {
        terminal.out().print(text);
      } else {
        Output.write(Path.of(json.get()), text);
      }
    }
    try {
      Output.write(html, html().render(report));
    } catch (IOException e) {
      throw new UsageException("the HTML report could not be made: " + e.getMessage());
    }
    if (jsonOnStdout) {
      return;
    }
    terminal
        .out()
        .print(
            quiet
                ? ConsoleReport.verdicts(report, style)
                : ConsoleReport.render(report, style, verbose));
    if (!quiet) {
      terminal.out().println("\nReport: " + html);
    }
  }
}
