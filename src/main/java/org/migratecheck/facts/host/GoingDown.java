package org.migratecheck.facts.host;

import java.util.HashMap;
import java.util.Map;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.model.Printable;

/**
 * A shutdown that is scheduled.
 *
 * @param mode such as {@code reboot} or {@code poweroff}; empty where none is scheduled
 * @param seconds from now until then; negative when it is overdue
 */
public record GoingDown(String mode, long seconds) {
  /** The shutdown. */
  public static final Fact<GoingDown> FACT = Fact.host("goingDown", "platform", GoingDown::parse);

  private static GoingDown parse(Outputs outputs) {
    Map<String, String> values = new HashMap<>();
    for (String line : Lines.of(outputs, "platform/going-down")) {
      String[] words = line.split(" ", 2);
      values.put(words[0], words.length == 2 ? words[1] : "");
    }
    long now = Lines.number(outputs, "the time", values.getOrDefault("now", ""));
    if (!values.containsKey("at")) {
      return new GoingDown("", 0);
    }
    long at = Lines.number(outputs, "the time of the shutdown", values.get("at")) / 1_000_000;
    return new GoingDown(Printable.line(values.getOrDefault("mode", "shutdown")), at - now);
  }
}
