package org.migratecheck.facts.system;

import java.util.List;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * The time zone of a host.
 *
 * @param name the zone's name, such as {@code Europe/Berlin}; empty where {@code /etc/localtime} is
 *     no link into the zone database
 * @param offset the difference to UTC now, such as {@code +0100}
 * @param rules a checksum over the zone's rules; empty where there is no {@code /etc/localtime}
 */
public record TimeZone(String name, String offset, String rules) {

  /** The time zone. */
  public static final Fact<TimeZone> FACT = Fact.host("timeZone", "clock", TimeZone::parse);

  /** Returns whether local time is the same on both, now and later. */
  public boolean sameAs(TimeZone other) {
    return offset.equals(other.offset)
        && (rules.equals(other.rules) || (!name.isEmpty() && name.equals(other.name)));
  }

  /** Returns a short text for people. */
  public String text() {
    return name.isEmpty() ? "UTC" + offset : name + " (UTC" + offset + ")";
  }

  private static TimeZone parse(Outputs outputs) {
    List<String> lines = outputs.ok("clock/zone").lines().map(String::strip).toList();
    String offset = "";
    String name = "";
    String rules = "";
    for (String line : lines) {
      String[] words = line.split(" ", 2);
      String value = words.length < 2 ? "" : words[1];
      switch (words[0]) {
        case "offset" -> offset = value;
        case "link" -> name = value.replaceFirst("^.*/zoneinfo/(?:posix/|right/)?", "");
        case "rules" -> rules = value;
        default -> {
          // nothing else is printed
        }
      }
    }
    if (!offset.matches("[+-][0-9]{4}")) {
      throw new Undetermined(outputs.host() + ": date tells no difference to UTC");
    }
    return new TimeZone(name.startsWith("/") ? "" : name, offset, rules);
  }
}
