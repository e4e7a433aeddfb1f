package org.migratecheck.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Observed;
import org.migratecheck.model.Printable;
import org.migratecheck.model.Report;
import org.migratecheck.model.Scope;
import org.migratecheck.model.Status;

/** The report in the shape of the page. Public getters are what the template may use. */
public final class HtmlPage {
  private static final int ROWS = 500;
  private final Report report;

  HtmlPage(Report report) {
    this.report = report;
  }

  /** Returns the report itself. */
  public Report getReport() {
    return report;
  }

  /** Returns the verdict as people write it. */
  public String getVerdict() {
    return report.verdict().label();
  }

  /** Returns the style class of a word such as a status or verdict. */
  public String css(Object word) {
    return "s-" + word.toString().toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-');
  }

  /** Returns text with control characters made visible. */
  public String show(Object text) {
    return Printable.of(text.toString());
  }

  /** Returns the findings of that status, in the report's order. */
  public List<Finding> with(String status) {
    return report.findings().stream().filter(f -> f.status() == Status.valueOf(status)).toList();
  }

  /** Returns how many findings of that status there are. */
  public int count(String status) {
    return with(status).size();
  }

  /** Returns the blockers that failed, then what could not be determined: the work to be done. */
  public List<Finding> getActions() {
    return report.findings().stream().filter(f -> f.blocks() || f.undetermined()).toList();
  }

  /** Returns a step of a plan as one line of shell. */
  public String command(org.migratecheck.model.MigrationPlan.Step step) {
    return show(
        step.command().stream()
            .map(org.migratecheck.check.Shell::quote)
            .collect(java.util.stream.Collectors.joining(" ")));
  }

  /** Returns the plan of one guest that was moved; null when there is none. */
  public org.migratecheck.model.MigrationPlan getPlan() {
    return report.plan().orElse(null);
  }

  /** Returns how a forecast's values are written. */
  public ForecastText getForecast() {
    return new ForecastText();
  }

  /** Returns what was forecast for a guest that was moved; empty where nothing was. */
  public String forecastOf(String guest) {
    return ForecastText.beside(report, guest).orElse("");
  }

  /** Returns milliseconds as seconds with one decimal. */
  public String seconds(long millis) {
    return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }

  /** Returns a stable anchor for a finding. */
  public String anchor(Finding finding) {
    String all = finding.id() + "-" + subject(finding);
    return all.replaceAll("[^A-Za-z0-9]+", "-") + "-" + Integer.toHexString(all.hashCode());
  }

  /** Returns what a finding is about in a few words. */
  public String subject(Finding finding) {
    if (finding.scope() == Scope.HOST) {
      return finding.source().or(finding::destination).orElse("");
    }
    String pair = finding.source().orElse("") + " → " + finding.destination().orElse("");
    return Printable.line(finding.guest().map(g -> g + ", " + pair).orElse(pair));
  }

  /** Returns the rows of a difference table that are shown. */
  public List<Observed> rows(Finding finding) {
    return finding.observed().size() <= ROWS
        ? finding.observed()
        : finding.observed().subList(0, ROWS);
  }

  /** Returns how many rows of a difference table are left to the JSON file. */
  public int hiddenRows(Finding finding) {
    return Math.max(0, finding.observed().size() - ROWS);
  }

  /** Returns whether an observed row differs between the sides. */
  public boolean differs(Observed row) {
    return !row.source().equals(row.destination());
  }

  /** Returns the matrix: for each group its checks, each with one cell for every host. */
  public Map<String, List<MatrixRow>> getMatrix() {
    Map<String, Map<String, List<Finding>>> grouped = new TreeMap<>();
    for (Finding finding : report.findings()) {
      grouped
          .computeIfAbsent(finding.group(), g -> new TreeMap<>())
          .computeIfAbsent(finding.id(), i -> new ArrayList<>())
          .add(finding);
    }
    Map<String, List<MatrixRow>> matrix = new LinkedHashMap<>();
    grouped.forEach(
        (group, checks) -> matrix.put(group, checks.values().stream().map(this::row).toList()));
    return matrix;
  }

  private MatrixRow row(List<Finding> findings) {
    List<Cell> cells = report.hosts().stream().map(h -> cell(findings, h.name())).toList();
    String id = findings.get(0).id();
    return new MatrixRow(id, check(id).map(Report.CheckSummary::title).orElse(id), cells);
  }

  private Optional<Report.CheckSummary> check(String id) {
    return report.checks().stream().filter(c -> c.id().equals(id)).findFirst();
  }

  /** Returns why a finding's check matters; empty when the report does not say. */
  public String why(Finding finding) {
    return check(finding.id()).map(Report.CheckSummary::why).orElse("");
  }

  /** The worst answer in this host's column; a pair's answer stands in the destination's column. */
  private Cell cell(List<Finding> findings, String host) {
    List<Finding> mine =
        findings.stream().filter(f -> column(f).equals(Optional.of(host))).toList();
    return mine.stream()
        .min(org.migratecheck.model.FindingOrder.comparator())
        .map(f -> new Cell(f.status().name(), anchor(f), mine.size()))
        .orElse(new Cell("", "", 0));
  }

  private static Optional<String> column(Finding finding) {
    return finding.scope() == Scope.HOST
        ? finding.source().or(finding::destination)
        : finding.destination();
  }

  /**
   * A row of the matrix.
   *
   * @param id the check's id
   * @param title what it asks
   * @param cells one for each host
   */
  public record MatrixRow(String id, String title, List<Cell> cells) {
    /** Returns the check's id. */
    public String getId() {
      return id;
    }

    /** Returns what it asks. */
    public String getTitle() {
      return title;
    }

    /** Returns one cell for each host. */
    public List<Cell> getCells() {
      return cells;
    }
  }

  /**
   * A cell of the matrix.
   *
   * @param status the worst status, empty where the check says nothing of the host
   * @param anchor where the finding stands in the page
   * @param count how many findings the cell stands for
   */
  public record Cell(String status, String anchor, int count) {}
}
