package org.migratecheck.facts.forecast;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * What the source's network links send, from their counters at two moments.
 *
 * @param sentPerSecond bytes per second by the link's name
 */
public record LinkTraffic(Map<String, Double> sentPerSecond) {
  /** Read from the probe {@code memory-pace} on the source. */
  public static final Fact<LinkTraffic> FACT =
      new Fact<>("linkTraffic", Fact.Place.LINK_SOURCE, List.of("memory-pace"), LinkTraffic::parse);

  private static final Pattern COUNTER =
      Pattern.compile("\\./([^/\\s]{1,64})/statistics/tx_bytes:([0-9]{1,18})");

  /** Copies the map. */
  public LinkTraffic {
    sentPerSecond = Map.copyOf(sentPerSecond);
  }

  private static LinkTraffic parse(Outputs outputs) {
    outputs.complete("memory-pace");
    if (!outputs.has("memory-pace/links-1")) {
      return new LinkTraffic(Map.of());
    }
    String before = outputs.complete("memory-pace/links-1").stdout();
    String after = outputs.complete("memory-pace/links-2").stdout();
    double seconds = DomainStats.uptime(after) - DomainStats.uptime(before);
    if (!(seconds > 0.5 && seconds < 600)) {
      throw new Undetermined(outputs.host() + ": the time between two looks is not known");
    }
    Map<String, Long> earlier = counters(before);
    Map<String, Double> rates = new TreeMap<>();
    counters(after)
        .forEach(
            (name, count) -> {
              Long was = earlier.get(name);
              if (was != null && was <= count) {
                rates.put(name, (count - was) / seconds);
              }
            });
    return new LinkTraffic(rates);
  }

  private static Map<String, Long> counters(String text) {
    Map<String, Long> counters = new TreeMap<>();
    Matcher matcher = COUNTER.matcher(text);
    while (matcher.find()) {
      counters.put(matcher.group(1), Long.parseLong(matcher.group(2)));
    }
    return counters;
  }
}
