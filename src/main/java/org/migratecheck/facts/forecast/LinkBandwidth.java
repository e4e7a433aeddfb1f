package org.migratecheck.facts.forecast;

import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;

/**
 * How fast data went from the source to the destination through SSH, as {@code dd} told at the
 * receiver.
 *
 * @param bytesPerSecond empty where it was not measured
 */
public record LinkBandwidth(OptionalDouble bytesPerSecond) {
  /** Read from the probe {@code link-bandwidth}, which runs only on request. */
  public static final Fact<LinkBandwidth> FACT =
      new Fact<>(
          "linkBandwidth", Fact.Place.LINK_SOURCE, List.of("link-bandwidth"), LinkBandwidth::parse);

  private static final Pattern COPIED =
      Pattern.compile(
          "^([0-9]{1,12}) bytes? .*copied, ([0-9]{1,4}(?:\\.[0-9]{1,9})?(?:e-[0-9]{1,2})?) s",
          Pattern.MULTILINE);

  private static final long LEAST_BYTES = 65536;

  private static LinkBandwidth parse(Outputs outputs) {
    for (String part : List.of("link-bandwidth/stream", "link-bandwidth/user-stream")) {
      if (!outputs.has(part)) {
        continue;
      }
      Matcher matcher = COPIED.matcher(outputs.complete(part).stdout());
      if (matcher.find()) {
        long bytes = Long.parseLong(matcher.group(1));
        double seconds = Double.parseDouble(matcher.group(2));
        if (bytes >= LEAST_BYTES && seconds > 0) {
          return new LinkBandwidth(OptionalDouble.of(bytes / seconds));
        }
      }
    }
    return new LinkBandwidth(OptionalDouble.empty());
  }
}
