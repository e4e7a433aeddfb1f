package org.migratecheck.facts.security;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;

/**
 * SELinux labels of the judged guests' images on the destination, and of the directories above.
 *
 * @param labels the label, such as {@code system_u:object_r:virt_image_t:s0}, by path
 */
public record Labels(Map<String, String> labels) {
  /** The labels on the destination; none without SELinux. */
  public static final Fact<Labels> FACT =
      new Fact<>(
          "labelsOnDestination", Fact.Place.LINK_DESTINATION, List.of("labels"), Labels::parse);

  /** Copies the map. */
  public Labels {
    labels = java.util.Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /** Returns the type in the label of a path; empty when the path has none. */
  public Optional<String> type(String path) {
    return Optional.ofNullable(labels.get(path)).map(Labels::typeOf);
  }

  /** Returns the third part of a label. */
  public static String typeOf(String label) {
    String[] parts = label.replace("\"", "").split(":", -1);
    return parts.length >= 3 ? parts[2] : "";
  }

  private static Labels parse(Outputs outputs) {
    Map<String, String> labels = new TreeMap<>();
    for (String line : Confinement.lines(outputs, "labels/list")) {
      int space = line.indexOf(" /");
      if (space > 0) {
        labels.put(line.substring(space + 1), line.substring(0, space));
      }
    }
    return new Labels(labels);
  }
}
