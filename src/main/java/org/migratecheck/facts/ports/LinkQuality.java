package org.migratecheck.facts.ports;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * What became of pings from the source to the destination.
 *
 * @param sent how many were sent
 * @param received how many were answered
 * @param meanMillis the mean round trip in milliseconds; empty where none was answered
 */
public record LinkQuality(int sent, int received, OptionalDouble meanMillis) {
  /** The pings of one direction; empty where the source has no ping. */
  public static final Fact<Optional<LinkQuality>> FACT =
      new Fact<>("linkQuality", Fact.Place.LINK_SOURCE, List.of("link-quality"), LinkQuality::of);

  // Of iputils and of BusyBox; the latter says "packets" twice.
  private static final Pattern COUNTS =
      Pattern.compile("(\\d{1,6}) packets transmitted, (\\d{1,6}) (?:packets )?received");
  private static final Pattern TIMES =
      Pattern.compile("(?:rtt|round-trip) [a-z/]+ = [0-9.]{1,12}/([0-9]{1,9}(?:\\.[0-9]{1,9})?)/");

  private static Optional<LinkQuality> of(Outputs outputs) {
    outputs.complete("link-quality");
    if (outputs.withPrefix("link-quality/").isEmpty()) {
      return Optional.empty();
    }
    // Its status only says whether all were answered.
    String text = outputs.complete("link-quality/pings").stdout();
    Matcher counts = COUNTS.matcher(text);
    if (!counts.find()) {
      throw new Undetermined(outputs.host() + ": ping said nothing that can be read");
    }
    Matcher times = TIMES.matcher(text);
    return Optional.of(
        new LinkQuality(
            Integer.parseInt(counts.group(1)),
            Integer.parseInt(counts.group(2)),
            times.find()
                ? OptionalDouble.of(Double.parseDouble(times.group(1)))
                : OptionalDouble.empty()));
  }
}
