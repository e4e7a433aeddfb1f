package org.migratecheck.facts.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/** Reads the forms that the storage probes share. */
final class Evidence {
  private static final String END = "end";

  private Evidence() {}

  /**
   * Returns the lines of a part without the line {@code end} that its probe prints last.
   *
   * @throws Undetermined when the part failed, or its last line is missing: then it was cut
   */
  static List<String> lines(Outputs outputs, String name) {
    return whole(outputs.host(), name, outputs.ok(name));
  }

  /** Returns the lines before the last line {@code end} of a text that must have one. */
  static List<String> whole(String host, String name, String text) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    // "...\nend\n" splits into ..., "end", "".
    if (lines.size() < 2
        || !lines.get(lines.size() - 1).isEmpty()
        || !lines.get(lines.size() - 2).equals(END)) {
      throw new Undetermined(
          host + ": the output of '" + name + "' is not whole", "Collect the evidence again.");
    }
    return List.copyOf(lines.subList(0, lines.size() - 2));
  }

  /**
   * Reads lines as {@code grep -H ''} prints the attributes of a directory in sysfs.
   *
   * @param directory the directory, such as {@code /sys/class/fc_host}
   * @return the attributes, such as {@code port_name} or {@code dm/uuid}, by entry
   */
  static Map<String, Map<String, String>> attributes(
      Outputs outputs, String name, String directory) {
    Pattern pattern =
        Pattern.compile(Pattern.quote(directory) + "/([^/]+)/([a-z_]+(?:/[a-z_]+)?):(.*)");
    Map<String, Map<String, String>> result = new TreeMap<>();
    for (String line : lines(outputs, name)) {
      if (!line.startsWith(directory + "/")) {
        continue;
      }
      Matcher matcher = pattern.matcher(line);
      if (!matcher.matches()) {
        throw unreadable(outputs.host(), name, line);
      }
      result
          .computeIfAbsent(matcher.group(1), k -> new TreeMap<>())
          .merge(matcher.group(2), matcher.group(3).strip(), (a, b) -> a + "\n" + b);
    }
    return result;
  }

  /** Returns what to throw for a line that cannot be read. */
  static Undetermined unreadable(String host, String name, String line) {
    String shown = line.length() > 120 ? line.substring(0, 120) + "..." : line;
    return new Undetermined(
        host
            + ": '"
            + name
            + "' printed a line that cannot be read: "
            + org.migratecheck.model.Printable.line(shown));
  }

  /** Reads a number that must not be negative. */
  static long number(String host, String name, String text) {
    try {
      long number = Long.parseLong(text.strip());
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new Undetermined(host + ": '" + name + "' printed what is no number");
  }
}
