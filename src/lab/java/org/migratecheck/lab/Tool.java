package org.migratecheck.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The program under test, run as its user runs it: on the controller, over SSH. */
final class Tool {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration DEADLINE = Duration.ofSeconds(120);

  private Tool() {}

  /**
   * What the program said.
   *
   * @param exec exit status and outputs
   * @param verdict READY, NOT_READY or UNDETERMINED
   * @param findings all findings, in the order of the report
   */
  record Run(Exec exec, String verdict, List<Finding> findings) {
    /** Returns the findings that stop a migration: blockers that failed. */
    List<Finding> blockers() {
      return findings.stream()
          .filter(f -> f.status().equals("FAIL") && f.severity().equals("blocker"))
          .toList();
    }

    /** Returns the ids of the checks that warn. */
    List<String> warnings() {
      return findings.stream()
          .filter(f -> f.status().equals("WARN"))
          .map(Finding::id)
          .distinct()
          .toList();
    }

    /** Returns the blockers that could not be determined. */
    List<Finding> undetermined() {
      return findings.stream()
          .filter(f -> f.status().equals("ERROR") && f.severity().equals("blocker"))
          .toList();
    }

    /** Returns verdict and what led to it, for messages. */
    String summary() {
      var lines = new ArrayList<String>(List.of(verdict));
      for (Finding finding : findings) {
        if (finding.status().equals("FAIL") || finding.status().equals("ERROR")) {
          lines.add("  %s %s: %s".formatted(finding.status(), finding.id(), finding.message()));
        }
      }
      return String.join("\n", lines);
    }
  }

  /** One finding of the report. */
  record Finding(
      String id, String status, String severity, String guest, String message, List<Command> fix) {}

  /** One command of a fix. */
  record Command(String host, String command) {}

  private static List<String> launcher() {
    Path launcher = Lab.project().resolve("migrate-check");
    if (Files.isExecutable(launcher)) {
      return List.of(launcher.toString());
    }
    throw new AssertionError("The program is not built: " + launcher + " is missing");
  }

  /** Builds the program where it is not, so that this counts for no test. */
  static void warmUp() {
    var command = new ArrayList<String>(launcher());
    command.add("--version");
    Exec.run(Duration.ofMinutes(10), command).orFail("migrate-check --version");
  }

  /**
   * Audits source and destination, started as its user starts it; options go before the report
   * options.
   */
  static Run check(Lab lab, String source, String destination, String... options) {
    return check(DEADLINE, lab, source, destination, options);
  }

  /** The same within a time of its own. */
  static Run check(
      Duration deadline, Lab lab, String source, String destination, String... options) {
    var command = new ArrayList<String>(launcher());
    command.addAll(arguments(lab, source, destination, options));
    return run(lab.controller(deadline, command));
  }

  /** The same without the start that its user waits for, for suites of many audits. */
  static Run checkAgain(Lab lab, String source, String destination, String... options) {
    return run(lab.program(DEADLINE, arguments(lab, source, destination, options)));
  }

  private static List<String> arguments(
      Lab lab, String source, String destination, String... options) {
    var arguments = new ArrayList<String>(List.of(source, destination));
    arguments.addAll(List.of(options));
    Path html = Lab.project().resolve("target/lab-report-" + lab.number() + ".html");
    arguments.addAll(List.of("--html", html.toString(), "--json", "-"));
    return arguments;
  }

  private static Run run(Exec exec) {
    if (exec.exit() != 0 && exec.exit() != 1 && exec.exit() != 3) {
      throw new AssertionError("migrate-check: exit " + exec.exit() + "\n" + exec.text());
    }
    try {
      return parse(exec);
    } catch (JacksonException e) {
      throw new AssertionError("migrate-check printed no JSON report\n" + exec.text(), e);
    }
  }

  private static Run parse(Exec exec) {
    JsonNode root = MAPPER.readTree(exec.out());
    if (!root.isObject()) {
      throw new AssertionError("migrate-check printed no JSON report\n" + exec.text());
    }
    var findings = new ArrayList<Finding>();
    for (JsonNode node : root.path("findings")) {
      var fix = new ArrayList<Command>();
      for (JsonNode command : node.path("fix").path("commands")) {
        fix.add(new Command(text(command, "host"), text(command, "command")));
      }
      findings.add(
          new Finding(
              text(node, "id"),
              text(node, "status"),
              text(node, "severity"),
              text(node, "guest"),
              text(node, "message"),
              List.copyOf(fix)));
    }
    return new Run(exec, text(root, "verdict"), List.copyOf(findings));
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }
}
