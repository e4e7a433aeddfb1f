package org.migratecheck.collect;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@link BatchScript} asks of a host, read from its first line by a host that replays stored
 * evidence.
 *
 * @param nonce the word that marks the answer
 * @param step what the script is for
 * @param probes the names of the probes
 */
public record BatchRequest(String nonce, Probe.Step step, Set<String> probes) {
  private static final Pattern HEADER =
      Pattern.compile(
          Pattern.quote(BatchScript.HEADER) + " (mc[0-9a-f]{32}) ([A-Z_]+)((?: [a-z0-9-]+)+)");

  /** Copies the set. */
  public BatchRequest {
    probes = Set.copyOf(probes);
  }

  /** Reads the first line of a script; empty when it is no such script. */
  public static Optional<BatchRequest> parse(String script) {
    Matcher header = HEADER.matcher(script.lines().findFirst().orElse(""));
    if (!header.matches()) {
      return Optional.empty();
    }
    for (Probe.Step step : Probe.Step.values()) {
      if (step.name().equals(header.group(2))) {
        return Optional.of(
            new BatchRequest(
                header.group(1), step, Set.of(header.group(3).strip().split(" ", -1))));
      }
    }
    return Optional.empty();
  }
}
