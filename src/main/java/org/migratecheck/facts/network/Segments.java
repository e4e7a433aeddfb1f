package org.migratecheck.facts.network;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * Whether one host heard the other in the network segments that the guests are plugged into. Both
 * hosts sent and listened at the same time.
 *
 * @param tool what sent and listened; empty where nothing could, or where it was turned off
 * @param from when it began, in seconds of the host's clock
 * @param to when it ended
 * @param links by the link's name: {@code heard}, {@code silent}, or {@code failed} where the link
 *     could not be used
 */
public record Segments(Optional<String> tool, double from, double to, Map<String, String> links) {
  /** What the source heard. */
  public static final Fact<Segments> ON_SOURCE =
      new Fact<>(
          "segmentsOnSource",
          Fact.Place.LINK_SOURCE,
          java.util.List.of("segment"),
          Segments::parse);

  /** What the destination heard. */
  public static final Fact<Segments> ON_DESTINATION =
      new Fact<>(
          "segmentsOnDestination",
          Fact.Place.LINK_DESTINATION,
          java.util.List.of("segment"),
          Segments::parse);

  private static final Segments NONE = new Segments(Optional.empty(), 0, 0, Map.of());

  /** Copies the map. */
  public Segments {
    links = Map.copyOf(links);
  }

  private static Segments parse(Outputs outputs) {
    String text = outputs.ok("segment/meet");
    if (text.isBlank()) {
      throw new Undetermined(outputs.host() + ": it is not told who was heard in the segments");
    }
    Optional<String> tool = Optional.empty();
    double from = 0;
    double to = 0;
    Map<String, String> links = new TreeMap<>();
    for (String line : text.lines().toList()) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case "off", "none", "nothing" -> {
          return NONE;
        }
        case "tool" -> tool = Optional.of(line.substring(Math.min(5, line.length())));
        case "from" -> from = seconds(outputs, words);
        case "to" -> to = seconds(outputs, words);
        case "link" -> {
          if (words.length != 3 || !words[2].matches("heard|silent|failed")) {
            throw unreadable(outputs);
          }
          links.put(words[1], words[2]);
        }
        default -> throw unreadable(outputs);
      }
    }
    if (to <= 0 || from <= 0) {
      throw new Undetermined(outputs.host() + ": what was heard in the segments was told in part");
    }
    return new Segments(tool, from, to, links);
  }

  private static double seconds(Outputs outputs, String... words) {
    if (words.length != 2 || !words[1].matches("[0-9]{1,11}\\.[0-9]{1,6}")) {
      throw unreadable(outputs);
    }
    return Double.parseDouble(words[1]);
  }

  private static Undetermined unreadable(Outputs outputs) {
    return new Undetermined(outputs.host() + ": what was heard in the segments is not readable");
  }
}
