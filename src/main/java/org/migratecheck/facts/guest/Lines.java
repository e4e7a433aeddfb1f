package org.migratecheck.facts.guest;

import java.util.List;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.Printable;

/** Reads parts whose last line is {@code end}. */
final class Lines {
  private static final int SHOWN = 120;

  private Lines() {}

  /**
   * Returns the lines of a part without its last one.
   *
   * @throws Undetermined when the part failed, or its last line is missing: then it was cut
   */
  static List<String> of(Outputs outputs, String name) {
    List<String> lines = outputs.ok(name).lines().toList();
    if (lines.isEmpty() || !lines.get(lines.size() - 1).equals("end")) {
      throw new Undetermined(
          outputs.host() + ": the output of '" + name + "' is not whole",
          "Collect the evidence again.");
    }
    return lines.subList(0, lines.size() - 1);
  }

  /** Returns what to throw for a line that cannot be read. */
  static Undetermined unreadable(String host, String name, String line) {
    return new Undetermined(
        host
            + ": '"
            + name
            + "' printed a line that cannot be read: "
            + Printable.line(line, SHOWN));
  }
}
