package org.migratecheck.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * {@code migrate-check --plan}, {@code migrate} and {@code status}, run as their user runs them.
 */
final class Mover {
  /** Where plans and reports of these tests go. */
  static final Path DIRECTORY = Lab.project().resolve("target");

  static final Path PLAN = DIRECTORY.resolve("lab-plan.json");
  static final Path HTML = DIRECTORY.resolve("lab-migration.html");
  static final Path REPORT = DIRECTORY.resolve("lab-migration.json");

  private static final Duration DEADLINE = Duration.ofMinutes(5);

  private Mover() {}

  /** Writes a plan; the verdict must be READY. */
  static void plan(Lab lab, String source, String destination, String guest, String... options) {
    var command = new ArrayList<>(List.of(launcher(), source, destination, "--guest", guest));
    command.addAll(List.of(options));
    command.addAll(List.of("--plan", PLAN.toString(), "--html", HTML.toString()));
    lab.controller(DEADLINE, command).orFail("plan");
  }

  /** Runs {@code migrate} with these arguments. */
  static Exec migrate(Lab lab, String... arguments) {
    return lab.controller(DEADLINE, command(arguments));
  }

  /** Returns the command line of {@code migrate}. */
  static List<String> command(String... arguments) {
    var command = new ArrayList<>(List.of(launcher(), "migrate"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--html", HTML.toString(), "--report", REPORT.toString()));
    return command;
  }

  /** Runs {@code status}. */
  static Exec status(Lab lab, String guest) {
    return lab.controller(DEADLINE, List.of(launcher(), "status", Lab.A, Lab.B, "--guest", guest));
  }

  /** Returns what became of the first guest, from the JSON report. */
  static JsonNode outcome() {
    return new ObjectMapper().readTree(REPORT.toFile()).path("moves").path(0);
  }

  /** Returns the hosts on which the guest's virtual CPUs run. */
  static List<String> runsOn(Lab lab, Guest guest) {
    return List.of(Lab.A, Lab.B).stream().filter(h -> guest.state(h).equals("running")).toList();
  }

  /** Returns what migrations left on the hosts; empty when nothing. */
  static String left(Lab lab) {
    return (lab.on(Lab.A, "ls /run/migrate-check 2>/dev/null").out()
            + lab.on(Lab.B, "ls /run/migrate-check 2>/dev/null").out())
        .strip();
  }

  private static String launcher() {
    return Lab.project().resolve("migrate-check").toString();
  }
}
