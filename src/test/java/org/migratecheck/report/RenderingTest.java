package org.migratecheck.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Fix;
import org.migratecheck.model.Forecast;
import org.migratecheck.model.HostIdentity;
import org.migratecheck.model.Observed;
import org.migratecheck.model.Policy;
import org.migratecheck.model.ProbeOutput;
import org.migratecheck.model.Report;
import org.migratecheck.model.Scope;
import org.migratecheck.model.Severity;
import org.migratecheck.model.Status;
import org.migratecheck.model.Verdict;

/** Every rendering, over a report in which every field that a host controls is hostile. */
final class RenderingTest {
  static final String HOSTILE =
      "<script>alert(1)</script>\"' onmouseover=x </style></pre>javascript:${7*7}<#assign x=1>"
          + "\u001b[2J\u001b]52;c;eA==\u0007\u009b31m\r\u202e\u0000&amp;";

  @Test
  void jsonFollowsItsSchema() throws Exception {
    Schema schema;
    try (InputStream in = getClass().getResourceAsStream("/report.schema.json")) {
      schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
    }
    for (Report report : List.of(report("db01"), report(HOSTILE))) {
      assertThat(schema.validate(JsonReport.render(report), InputFormat.JSON)).isEmpty();
    }
    String wrong = JsonReport.render(report("db01")).replace("\"NOT_READY\"", "\"PERHAPS\"");
    assertThat(schema.validate(wrong, InputFormat.JSON)).isNotEmpty();
  }

  @Test
  void equalReportsGiveEqualBytes() throws Exception {
    assertThat(JsonReport.render(report("x"))).isEqualTo(JsonReport.render(report("x")));
    assertThat(html(report("x"))).isEqualTo(html(report("x")));
  }

  @Test
  void noHostCanWriteIntoThePage() throws Exception {
    String page = html(report(HOSTILE));
    assertThat(page)
        .doesNotContain("<script")
        .doesNotContain("<#assign")
        .doesNotContain("\u001b")
        .doesNotContain("\u202e")
        .doesNotContain("\u0000")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .contains("${7*7}")
        .contains("default-src 'none'");
    // The hostile quotes must not open an attribute anywhere.
    assertThat(page.replaceAll("(?s)<style>.*?</style>", "")).doesNotContain("\"' onmouseover");
  }

  @Test
  void theVerdictComesFirstAndEveryFindingIsThere() throws Exception {
    String page = html(report("db01"));
    int verdict = page.indexOf("NOT READY", page.indexOf("<body>"));
    assertThat(verdict).isPositive().isLessThan(page.indexOf("<main>"));
    for (Finding f : report("db01").findings()) {
      assertThat(page).contains(f.id());
    }
    assertThat(page)
        .contains("systemctl restart x")
        .contains("only on hostA")
        .contains("id=\"c-fail");
    assertThat(page).doesNotContain("http://").doesNotContain("https://");
  }

  @Test
  void noHostCanActOnTheTerminal() {
    for (boolean verbose : new boolean[] {false, true}) {
      String text = ConsoleReport.render(report(HOSTILE), new Style(false, 80), verbose);
      assertThat(text.chars().filter(c -> c < 32 && c != '\n')).isEmpty();
      assertThat(text).doesNotContain("\u009b").doesNotContain("\u202e");
    }
    String json = JsonReport.render(report(HOSTILE));
    assertThat(json.chars().filter(c -> c > 126 || (c < 32 && c != '\n'))).isEmpty();
  }

  @Test
  void theConsoleFitsEightyColumnsAndLeadsWithTheVerdict() {
    String text = ConsoleReport.render(report("db01"), new Style(false, 80), true);
    assertThat(text.lines().toList())
        .allSatisfy(l -> assertThat(l.length()).isLessThanOrEqualTo(80));
    assertThat(text)
        .startsWith("NOT READY  hostA -> hostB for db01\n  1 blocker, 1 undetermined, 1 warning");
    assertThat(text.indexOf("c-fail")).isLessThan(text.indexOf("c-error"));
    assertThat(text.indexOf("c-error")).isLessThan(text.indexOf("c-warn"));
    assertThat(text).contains("# on hostB\n").contains("Fix: Mend it.");
  }

  @Test
  void coloursAddNothingButColour() {
    String plain = ConsoleReport.render(report("db01"), new Style(false, 80), false);
    String colored = ConsoleReport.render(report("db01"), new Style(true, 80), false);
    assertThat(colored).contains("\u001b[").isNotEqualTo(plain);
    assertThat(colored.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
  }

  @Test
  void manyDifferencesKeepThePageSmall() throws Exception {
    List<Observed> rows = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      rows.add(new Observed("package-" + i, "1.0-1.el9.x86_64", "1.0-2.el9.x86_64"));
    }
    Report report = report("db01");
    Finding many = finding("packages", Status.FAIL, Severity.BLOCKER, "db01", rows);
    Report large =
        new Report(
            report.schemaVersion(),
            report.verdict(),
            report.tool(),
            report.run(),
            report.hosts(),
            report.pairs(),
            report.checks(),
            List.of(many),
            report.forecasts(),
            List.of(),
            List.of(),
            Optional.empty(),
            List.of());
    assertThat(html(large)).contains("2500 more rows").hasSizeLessThan(200_000);
  }

  private static String html(Report report) throws Exception {
    return new HtmlReport(Path.of("templates")).render(report);
  }

  private static Forecast forecast(String guest) {
    return new Forecast(
        "hostA",
        "hostB",
        guest,
        Forecast.Outlook.WILL_NOT_CONVERGE,
        4L << 30,
        200L << 20,
        1L << 30,
        110L << 20,
        Forecast.BandwidthFrom.NOMINAL,
        3L << 30,
        250,
        -1,
        300,
        -1,
        9_400,
        38_000,
        Forecast.Certainty.FAIR,
        List.of(Forecast.Doubt.NOMINAL));
  }

  static Report report(String text) {
    List<Finding> findings = new ArrayList<>();
    for (Status status : Status.values()) {
      if (status != Status.WAIVED) {
        Severity severity = status == Status.WARN ? Severity.WARNING : Severity.BLOCKER;
        findings.add(
            finding(
                "c-" + status.name().toLowerCase(java.util.Locale.ROOT),
                status,
                severity,
                text,
                List.of(new Observed(text, "1", ""), new Observed("same", "2", "2"))));
      }
    }
    findings.sort(org.migratecheck.model.FindingOrder.comparator());
    HostIdentity identity = new HostIdentity("ssh", "192.0.2.7", 22, text, text, true);
    Map<String, Report.ProbeExcerpt> probes =
        Map.of(text, new Report.ProbeExcerpt(0, 5, ProbeOutput.Completeness.COMPLETE, text));
    List<Report.HostSummary> hosts =
        List.of(
            new Report.HostSummary(
                "hostA", identity, new TreeMap<>(Map.of("System", text)), "", probes),
            new Report.HostSummary("hostB", HostIdentity.UNKNOWN, Map.of(), text, Map.of()));
    return new Report(
        Report.SCHEMA_VERSION,
        Verdict.NOT_READY,
        new Report.Tool("migrate-check", "0.1", 5, "0".repeat(64)),
        new Report.Run(
            List.of("hostA", text),
            Policy.STRICT,
            false,
            Instant.EPOCH,
            Instant.EPOCH,
            Map.of("user", text)),
        hosts,
        List.of(
            new Report.PairVerdict("hostA", "hostB", Verdict.NOT_READY, List.of(text), 1, 1, 1, 1)),
        List.of(
            new Report.CheckSummary(
                "c-fail",
                "group",
                "Title of " + text,
                Scope.GUEST,
                Severity.BLOCKER,
                "Why " + text)),
        findings,
        List.of(forecast(text)),
        List.of(new Report.ByHand("by-hand", text, text)),
        List.of(text),
        Optional.empty(),
        List.of());
  }

  private static Finding finding(
      String id, Status status, Severity severity, String text, List<Observed> observed) {
    return new Finding(
        id,
        "group",
        "Title of " + text,
        Scope.GUEST,
        status,
        severity,
        org.migratecheck.model.Phase.PREPARE,
        Optional.of("hostA"),
        Optional.of("hostB"),
        Optional.of(text),
        "Message about " + text,
        observed,
        new Fix(
            "Mend it.",
            "# on hostB\nsystemctl restart x",
            List.of(new Fix.Command("hostB", "systemctl restart x"))),
        List.of(text),
        List.of("probe"));
  }
}
