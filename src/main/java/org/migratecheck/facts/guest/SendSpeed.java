package org.migratecheck.facts.guest;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.model.ProbeOutput;

/**
 * How fast libvirt may send guests and how long they may stand still for it, from {@code virsh
 * migrate-getspeed} and {@code migrate-getmaxdowntime}.
 */
public final class SendSpeed {
  /** The limit in MiB/s by the guest's UUID; a guest whose limit is not told is absent. */
  public static final Fact<Map<String, Long>> FACT =
      new Fact<>(
          "sendSpeed", Fact.Place.LINK_SOURCE, List.of("guest-speed"), o -> parse(o, "speed"));

  /**
   * The longest pause in milliseconds by the guest's UUID; a guest of which it is not told is
   * absent.
   */
  public static final Fact<Map<String, Long>> PAUSE =
      new Fact<>(
          "longestPause", Fact.Place.LINK_SOURCE, List.of("guest-speed"), o -> parse(o, "pause"));

  private SendSpeed() {}

  private static Map<String, Long> parse(Outputs outputs, String what) {
    Map<String, Long> numbers = new TreeMap<>();
    outputs.complete("guest-speed");
    for (Map.Entry<String, ProbeOutput> part :
        outputs.withPrefix("guest-speed/" + what + ".").entrySet()) {
      ProbeOutput output = part.getValue();
      String text = output.stdout().strip();
      if (output.completeness() == ProbeOutput.Completeness.COMPLETE
          && output.exitStatus() == 0
          && text.matches("[0-9]{1,18}")) {
        numbers.put(part.getKey(), Long.parseLong(text));
      }
    }
    return Map.copyOf(numbers);
  }
}
