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
  private static final int LINES_BEFORE = 5;
  private static final Pattern HEADER =
      Pattern.compile(
          Pattern.quote(BatchScript.HEADER) + " (mc[0-9a-f]{32}) ([A-Z_]+)((?: [a-z0-9-]+)+)");

  /** Copies the set. */
  public BatchRequest {
    probes = Set.copyOf(probes);
  }

  /**
   * Reads the head of a script; empty when it is no such script. A few lines may stand before it,
   * because a connection may have something of its own to say to the shell.
   */
  public static Optional<BatchRequest> parse(String script) {
    return script
        .lines()
        .limit(LINES_BEFORE)
        .map(HEADER::matcher)
        .filter(Matcher::matches)
        .findFirst()
        .flatMap(BatchRequest::of);
  }

  private static Optional<BatchRequest> of(Matcher header) {
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
