package org.migratecheck.facts.host;

import java.util.ArrayList;
import java.util.List;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * A file or device behind a guest's memory, as the destination has it.
 *
 * @param path the path
 * @param kind {@code file}, {@code block} or {@code absent}
 * @param bytes its size; -1 where it was not told
 */
public record BackingPath(String path, String kind, long bytes) {
  /** The files and devices that the judged guests name. */
  public static final Fact<List<BackingPath>> FACT =
      new Fact<>(
          "backingPaths", Fact.Place.LINK_DESTINATION, List.of("guest-host"), BackingPath::parse);

  private static List<BackingPath> parse(Outputs outputs) {
    List<BackingPath> paths = new ArrayList<>();
    for (String line : Lines.of(outputs, "guest-host/paths")) {
      String[] fields = line.split("\t", 3);
      if (fields.length != 3) {
        throw new Undetermined(outputs.host() + ": the list of memory files is not readable");
      }
      boolean known = fields[1].matches("[0-9]{1,18}");
      paths.add(new BackingPath(fields[2], fields[0], known ? Long.parseLong(fields[1]) : -1));
    }
    return List.copyOf(paths);
  }
}
