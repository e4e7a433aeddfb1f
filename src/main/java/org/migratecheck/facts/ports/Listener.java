package org.migratecheck.facts.ports;

import java.util.List;
import java.util.Optional;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * The listener that the destination ran for some seconds on the free ports of its migration range.
 *
 * @param mode whether it ran
 * @param tool what listened
 * @param listening the ports on which it listened
 * @param busy the ports that were in use all the time
 * @param failed ports that could not be opened for another reason
 * @param reason the reason of the first of these, such as {@code EADDRNOTAVAIL}
 * @param heard the ports on which the source was heard
 * @param up when it listened, in seconds of the destination's clock
 * @param down when it ended
 */
public record Listener(
    Mode mode,
    Optional<String> tool,
    PortSet listening,
    PortSet busy,
    PortSet failed,
    Optional<String> reason,
    PortSet heard,
    double up,
    double down) {
  /** Read from the probe {@code migration-listener} on the destination. */
  public static final Fact<Listener> FACT =
      new Fact<>(
          "listener", Fact.Place.LINK_DESTINATION, List.of("migration-listener"), Listener::parse);

  /** Whether the listener ran. */
  public enum Mode {
    /** It ran. */
    RAN,
    /** It was turned off with {@code --no-listen}. */
    OFF,
    /** The destination has nothing that can listen. */
    NO_TOOL
  }

  /** Returns the ports on which it tried to listen. */
  public PortSet tried() {
    return listening.plus(busy).plus(failed);
  }

  private static Listener without(Mode mode) {
    return new Listener(
        mode,
        Optional.empty(),
        PortSet.NONE,
        PortSet.NONE,
        PortSet.NONE,
        Optional.empty(),
        PortSet.NONE,
        0,
        0);
  }

  private static Listener parse(Outputs outputs) {
    Optional<String> tool = Optional.empty();
    PortSet listening = PortSet.NONE;
    PortSet busy = PortSet.NONE;
    PortSet failed = PortSet.NONE;
    PortSet heard = PortSet.NONE;
    Optional<String> reason = Optional.empty();
    double up = 0;
    double down = 0;
    for (String line : outputs.ok("migration-listener/listener").lines().toList()) {
      String[] words = line.strip().split(" ", 2);
      String rest = words.length > 1 ? words[1] : "";
      switch (words[0]) {
        case "off" -> {
          return without(Mode.OFF);
        }
        case "none" -> {
          return without(Mode.NO_TOOL);
        }
        case "tool" -> tool = Optional.of(rest);
        case "up" -> up = seconds(outputs.host(), rest);
        case "down" -> down = seconds(outputs.host(), rest);
        case "listening" -> listening = listening.plus(PortSet.parse(rest));
        case "busy" -> busy = busy.plus(PortSet.parse(rest));
        case "heard" -> heard = heard.plus(PortSet.parse(rest));
        case "failed" -> {
          String[] more = rest.split(" ", 2);
          failed = failed.plus(PortSet.parse(more[0]));
          reason = reason.or(() -> Optional.of(more[more.length - 1]));
        }
        default -> throw new Undetermined(outputs.host() + ": the listener's words are unknown");
      }
    }
    if (tool.isEmpty() || down == 0) {
      throw new Undetermined(
          outputs.host() + ": the listener did not end as it should",
          "Collect the evidence again.");
    }
    return new Listener(Mode.RAN, tool, listening, busy, failed, reason, heard, up, down);
  }

  /** Reads seconds since 1970 with an optional fraction. */
  static double seconds(String host, String text) {
    if (!text.matches("\\d{1,12}(\\.\\d{1,9})?")) {
      throw new Undetermined(host + ": a time stamp is not readable");
    }
    return Double.parseDouble(text);
  }
}
