package org.migratecheck.facts.guest;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.model.ProbeOutput;

/** How fast libvirt may send guests, from {@code virsh migrate-getspeed}. */
public final class SendSpeed {
  /** The limit in MiB/s by the guest's UUID; a guest whose limit is not told is absent. */
  public static final Fact<Map<String, Long>> FACT =
      new Fact<>("sendSpeed", Fact.Place.LINK_SOURCE, List.of("guest-speed"), SendSpeed::parse);

  private SendSpeed() {}

  private static Map<String, Long> parse(Outputs outputs) {
    Map<String, Long> speeds = new TreeMap<>();
    outputs.complete("guest-speed");
    for (Map.Entry<String, ProbeOutput> part :
        outputs.withPrefix("guest-speed/speed.").entrySet()) {
      ProbeOutput output = part.getValue();
      String text = output.stdout().strip();
      if (output.completeness() == ProbeOutput.Completeness.COMPLETE
          && output.exitStatus() == 0
          && text.matches("[0-9]{1,18}")) {
        speeds.put(part.getKey(), Long.parseLong(text));
      }
    }
    return Map.copyOf(speeds);
  }
}
