package org.migratecheck.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Forecast;
import org.migratecheck.model.Observed;
import org.migratecheck.model.Phase;
import org.migratecheck.model.Printable;
import org.migratecheck.model.Report;
import org.migratecheck.model.Report.PairVerdict;
import org.migratecheck.model.Scope;
import org.migratecheck.model.Status;

/** The report for a terminal: verdict, then what must be mended with its fix, then the rest. */
public final class ConsoleReport {
  private static final int OBSERVED_ROWS = 12;
  private final Report report;
  private final Style style;
  private final boolean verbose;
  private final List<String> out = new ArrayList<>();

  private ConsoleReport(Report report, Style style, boolean verbose) {
    this.report = report;
    this.style = style;
    this.verbose = verbose;
  }

  /**
   * Returns the text, each line at most {@code style.width()} columns where words allow it.
   *
   * @param verbose whether passed and skipped checks are listed one by one, with values seen
   */
  public static String render(Report report, Style style, boolean verbose) {
    return new ConsoleReport(report, style, verbose).render();
  }

  /** Returns one line for each direction, for {@code --quiet}. */
  public static String verdicts(Report report, Style style) {
    return report.pairs().stream()
        .map(p -> verdictLine(p, style))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private String render() {
    report.pairs().forEach(p -> out.add(verdictLine(p, style)));
    section("Blockers", f -> f.blocks());
    section("Could not be determined", f -> f.status() == Status.ERROR);
    section(
        "Warnings", f -> (f.status() == Status.WARN || f.status() == Status.FAIL) && !f.blocks());
    forecasts();
    summary();
    if (verbose) {
      section("Passed", f -> f.status() == Status.PASS);
      section("Does not apply", f -> f.status() == Status.SKIPPED);
    }
    if (!report.byHand().isEmpty()) {
      out.add("");
      if (verbose) {
        out.add(style.bold("Confirm by hand"));
        report.byHand().forEach(h -> wrap("- " + Printable.line(h.item()), "  "));
      } else {
        wrap(
            "Confirm by hand: "
                + count(report.byHand().size(), "thing")
                + " that hosts cannot tell (see the report or -v)",
            "");
      }
    }
    if (!report.sideEffects().isEmpty()) {
      if (verbose) {
        out.add("");
        report.sideEffects().forEach(s -> wrap("Side effect: " + s, "  "));
      } else {
        wrap(
            "Side effects on the hosts: "
                + count(report.sideEffects().size(), "thing")
                + " (see the report or -v)",
            "");
      }
    }
    return String.join("\n", out) + "\n";
  }

  private static String verdictLine(PairVerdict pair, Style style) {
    String detail =
        List.of(
                count(pair.blockers(), "blocker"),
                pair.undetermined() == 0 ? "" : pair.undetermined() + " undetermined",
                count(pair.warnings(), "warning"),
                pair.passed() + " passed")
            .stream()
            .filter(s -> !s.isEmpty())
            .collect(Collectors.joining(", "));
    String guests =
        pair.guests().isEmpty()
            ? ""
            : pair.guests().size() > 3
                ? " for " + pair.guests().size() + " guests"
                : " for "
                    + pair.guests().stream().map(Printable::line).collect(Collectors.joining(", "));
    return style.verdict(pair.verdict())
        + "  "
        + Printable.line(pair.source())
        + " -> "
        + Printable.line(pair.destination())
        + guests
        + "\n  "
        + detail;
  }

  private static String count(int n, String what) {
    return n == 0 ? "" : n + " " + what + (n == 1 ? "" : "s");
  }

  private void section(String title, java.util.function.Predicate<Finding> which) {
    List<Finding> findings = report.findings().stream().filter(which).toList();
    if (findings.isEmpty()) {
      return;
    }
    out.add("");
    out.add(style.bold(title));
    findings.forEach(this::finding);
  }

  private void finding(Finding f) {
    boolean problem = f.status() != Status.PASS && f.status() != Status.SKIPPED;
    out.add("  " + style.status(f.status()) + " " + style.bold(f.id()) + "  " + subject(f));
    for (String line : Printable.of(f.message()).split("\n", -1)) {
      wrap(line, "       ");
    }
    if (verbose || problem) {
      observed(f);
    }
    if (!problem) {
      return;
    }
    if (f.status() == Status.FAIL && f.phase() != Phase.NONE) {
      wrap("Phase " + f.phase().text(), "       ");
    }
    f.errors().forEach(e -> wrap("libvirt would say: " + Printable.line(e), "       "));
    if (!f.fix().text().isBlank()) {
      for (String line : ("Fix: " + Printable.of(f.fix().text())).split("\n", -1)) {
        wrap(line, "       ");
      }
    }
    if (!f.fix().command().isBlank()) {
      // Commands are never wrapped: they are there to be copied.
      Printable.of(f.fix().command()).lines().forEach(l -> out.add("         " + style.command(l)));
    }
  }

  private void observed(Finding f) {
    List<Observed> rows =
        verbose ? f.observed() : f.observed().stream().filter(ConsoleReport::differs).toList();
    if (!verbose && f.scope() == Scope.HOST) {
      return;
    }
    for (Observed row : rows.subList(0, Math.min(OBSERVED_ROWS, rows.size()))) {
      wrap(
          Printable.line(row.item())
              + ": "
              + value(row.source())
              + (f.scope() == Scope.HOST ? "" : " | " + value(row.destination())),
          "         ");
    }
    if (rows.size() > OBSERVED_ROWS) {
      out.add("         ... and " + (rows.size() - OBSERVED_ROWS) + " more (see the report)");
    }
  }

  private static boolean differs(Observed row) {
    return !row.source().equals(row.destination());
  }

  private static String value(String value) {
    return value.isEmpty() ? "-" : Printable.line(value);
  }

  private static String subject(Finding f) {
    if (f.scope() == Scope.HOST) {
      return Printable.line(f.source().or(f::destination).orElse(""));
    }
    String pair = f.source().orElse("") + " -> " + f.destination().orElse("");
    return Printable.line(f.guest().map(g -> g + ", " + pair).orElse(pair));
  }

  private void forecasts() {
    if (report.forecasts().isEmpty()) {
      return;
    }
    out.add("");
    out.add(style.bold("Forecast"));
    for (Forecast forecast : report.forecasts()) {
      wrap(Printable.line(new ForecastText().line(forecast)), "  ");
      if (verbose) {
        forecast.doubts().forEach(d -> wrap("- " + d.text(), "    "));
      }
    }
  }

  private void summary() {
    Map<String, int[]> groups = new TreeMap<>();
    for (Finding f : report.findings()) {
      groups
          .computeIfAbsent(f.group(), g -> new int[Status.values().length])[f.status().ordinal()]++;
    }
    out.add("");
    out.add(style.bold("By group"));
    groups.forEach(
        (group, counts) -> {
          List<String> parts = new ArrayList<>();
          for (Status status : Status.values()) {
            if (counts[status.ordinal()] > 0) {
              parts.add(counts[status.ordinal()] + " " + word(status));
            }
          }
          out.add("  %-10s %s".formatted(group, String.join(", ", parts)));
        });
  }

  private static String word(Status status) {
    return switch (status) {
      case PASS -> "passed";
      case WARN -> "warned";
      case FAIL -> "failed";
      case ERROR -> "undetermined";
      case SKIPPED -> "not applicable";
      case WAIVED -> "waived";
    };
  }

  private void wrap(String text, String indent) {
    StringBuilder line = new StringBuilder(indent);
    boolean empty = true;
    for (String word : Printable.line(text).split(" ")) {
      if (!empty && line.length() + 1 + word.length() > style.width()) {
        out.add(line.toString());
        line = new StringBuilder(indent + "  ");
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    out.add(line.toString());
  }
}
