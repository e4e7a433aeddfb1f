package org.migratecheck.facts.host;

import java.util.List;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/** Output of this package's probes: lines that close with the line {@code end}. */
final class Lines {
  private Lines() {}

  /**
   * Returns the lines before the last.
   *
   * @throws Undetermined when the output has no end
   */
  static List<String> of(Outputs outputs, String part) {
    List<String> lines = outputs.ok(part).lines().filter(l -> !l.isBlank()).toList();
    if (lines.isEmpty() || !lines.get(lines.size() - 1).equals("end")) {
      throw new Undetermined(outputs.host() + ": the output of '" + part + "' has no end");
    }
    return lines.subList(0, lines.size() - 1);
  }

  /**
   * Reads a number that is not negative.
   *
   * @throws Undetermined for anything else
   */
  static long number(Outputs outputs, String what, String digits) {
    if (!digits.strip().matches("[0-9]{1,20}")) {
      throw new Undetermined(outputs.host() + ": " + what + " is no number");
    }
    String stripped = digits.strip();
    return stripped.length() > 18 ? Long.MAX_VALUE : Long.parseLong(stripped);
  }
}
