package org.migratecheck.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.migratecheck.facts.Tools;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.Finding;
import org.migratecheck.model.Fix;
import org.migratecheck.model.Observed;
import org.migratecheck.model.Policy;
import org.migratecheck.model.Printable;
import org.migratecheck.model.Severity;
import org.migratecheck.model.Status;

/** Puts the words of a check file to what was found. */
final class FindingWriter {
  private static final int LINES_PER_KIND = 10;

  private final Check check;
  private final Severity severity;
  private final Subject subject;

  FindingWriter(Check check, Policy policy, Subject subject) {
    this.check = check;
    this.severity = check.severity(policy);
    this.subject = subject;
  }

  Finding skipped(String reason) {
    return build(
        Status.SKIPPED, Template.text(reason, subject.values()), List.of(), Fix.NONE, List.of());
  }

  Finding error(String reason, String advice) {
    return build(
        Status.ERROR,
        Printable.of(reason),
        List.of(),
        new Fix(Printable.of(advice), "", List.of()),
        List.of());
  }

  Finding finding(Outcome outcome) {
    if (!outcome.skip().isEmpty()) {
      String reason = check.texts().skip().get(outcome.skip());
      return reason == null
          ? error("the check file has no words for the reason '" + outcome.skip() + "'", "")
          : build(
              Status.SKIPPED,
              text(reason, outcome.values()),
              outcome.observed(),
              Fix.NONE,
              List.of());
    }
    if (outcome.problems().isEmpty()) {
      return build(
          Status.PASS,
          text(check.texts().pass(), outcome.values()),
          outcome.observed(),
          Fix.NONE,
          List.of());
    }
    return problems(outcome);
  }

  private Finding problems(Outcome outcome) {
    Map<String, List<String>> messages = new LinkedHashMap<>();
    Set<String> fixes = new LinkedHashSet<>();
    Set<Fix.Command> commands = new LinkedHashSet<>();
    Set<String> errors = new LinkedHashSet<>();
    Status status = Status.PASS;
    for (Problem problem : outcome.problems()) {
      CheckTexts.ProblemText words = check.texts().problems().get(problem.kind());
      if (words == null) {
        return error("the check file has no words for the problem '" + problem.kind() + "'", "");
      }
      Map<String, String> values = subject.values();
      values.putAll(problem.values());
      messages
          .computeIfAbsent(problem.kind(), k -> new ArrayList<>())
          .add(Template.text(words.message(), values).strip());
      words.error().ifPresent(e -> errors.add(Template.text(e, values).strip()));
      if (!words.fix().isBlank()) {
        fixes.add(Template.text(words.fix(), values).strip());
      }
      commands.addAll(commands(words, problem, values));
      status = worse(status, status(words, problem));
    }
    return build(
        status,
        join(messages),
        outcome.observed(),
        fix(fixes, List.copyOf(commands)),
        List.copyOf(errors));
  }

  /**
   * A problem blocks as its check does, unless its own level says that it only warns or informs.
   */
  private Status status(CheckTexts.ProblemText words, Problem problem) {
    Severity level = words.level().orElse(severity);
    if (problem.advisory() && level == Severity.BLOCKER) {
      level = Severity.WARNING;
    }
    if (level == Severity.BLOCKER || severity == Severity.INFO) {
      return severity == Severity.BLOCKER ? Status.FAIL : Status.WARN;
    }
    return level == Severity.WARNING ? Status.WARN : Status.PASS;
  }

  private static Status worse(Status a, Status b) {
    return a == Status.FAIL || (a == Status.WARN && b == Status.PASS) ? a : b;
  }

  /** Thousands of equal lines hide the one that matters; all values stay in {@code observed}. */
  private static String join(Map<String, List<String>> messages) {
    List<String> lines = new ArrayList<>();
    messages.forEach(
        (kind, all) -> {
          List<String> distinct = all.stream().distinct().toList();
          lines.addAll(distinct.subList(0, Math.min(LINES_PER_KIND, distinct.size())));
          if (distinct.size() > LINES_PER_KIND) {
            lines.add("... and " + (distinct.size() - LINES_PER_KIND) + " more");
          }
        });
    return String.join("\n", lines);
  }

  private List<Fix.Command> commands(
      CheckTexts.ProblemText words, Problem problem, Map<String, String> values) {
    Map<Side, Fix.Command> chosen = new LinkedHashMap<>();
    for (CheckTexts.CommandText command : words.commands()) {
      Side side = command.on().orElse(problem.fixOn());
      if (chosen.containsKey(side)
          || !command.when().map(tool -> hasTool(side, tool)).orElse(true)) {
        continue;
      }
      Template.command(command.run(), values)
          .ifPresent(run -> chosen.put(side, new Fix.Command(subject.side(side).name(), run)));
    }
    return List.copyOf(chosen.values());
  }

  private boolean hasTool(Side side, String tool) {
    try {
      return subject.side(side).get(Tools.FACT).contains(tool);
    } catch (Undetermined e) {
      return false;
    }
  }

  private static Fix fix(Set<String> texts, List<Fix.Command> commands) {
    StringBuilder all = new StringBuilder();
    String host = "";
    for (Fix.Command command : commands) {
      if (!command.host().equals(host)) {
        host = command.host();
        all.append("# on ").append(Printable.line(host)).append('\n');
      }
      all.append(command.command()).append('\n');
    }
    return new Fix(String.join("\n", texts), all.toString().strip(), commands);
  }

  private String text(String template, Map<String, String> more) {
    Map<String, String> values = new TreeMap<>(subject.values());
    values.putAll(more);
    return Template.text(template, values).strip();
  }

  private Finding build(
      Status status, String message, List<Observed> observed, Fix fix, List<String> errors) {
    List<String> probes =
        check.needs().stream().flatMap(f -> f.probes().stream()).distinct().sorted().toList();
    Optional<String> guest = subject.guestName();
    return new Finding(
        check.id(),
        check.group(),
        Template.text(check.title(), subject.values()),
        check.scope(),
        status,
        severity,
        check.phase(),
        subject.findingSource(),
        subject.findingDestination(),
        guest,
        message,
        observed,
        fix,
        errors,
        probes);
  }
}
