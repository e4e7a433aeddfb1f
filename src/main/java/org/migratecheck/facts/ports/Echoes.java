package org.migratecheck.facts.ports;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * Echo requests ({@code ping}) from the source that must not be fragmented.
 *
 * @param tool whether the source has {@code ping}
 * @param echoes what was sent, for each address the full size first
 */
public record Echoes(boolean tool, List<Echo> echoes) {
  /** Read from the probe {@code destination-path} on the source. */
  public static final Fact<Echoes> FACT =
      new Fact<>("echoes", Fact.Place.LINK_SOURCE, List.of("destination-path"), Echoes::parse);

  /** Copies the list. */
  public Echoes {
    echoes = List.copyOf(echoes);
  }

  /**
   * Packets of one size.
   *
   * @param address where they were sent
   * @param size the size of the IP packet in bytes
   * @param answered how many of two were answered; 0 also where ping failed
   * @param rttMillis the mean round trip, where any was answered
   * @param reportedMtu the MTU that this host or a router on the way reported
   */
  public record Echo(
      String address,
      int size,
      int answered,
      Optional<Double> rttMillis,
      Optional<Integer> reportedMtu) {}

  private static Echoes parse(Outputs outputs) {
    List<Echo> echoes = new ArrayList<>();
    for (String line : outputs.complete("destination-path/echoes").stdout().lines().toList()) {
      if (line.equals("none")) {
        return new Echoes(false, List.of());
      }
      String[] words = line.strip().split(" ", -1);
      if (words.length != 6 || !words[0].equals("echo")) {
        throw new Undetermined(outputs.host() + ": the answers to ping are not readable");
      }
      try {
        echoes.add(
            new Echo(
                words[1],
                Integer.parseInt(words[2]),
                words[3].equals("failed") ? 0 : Integer.parseInt(words[3]),
                words[4].equals("-") ? Optional.empty() : Optional.of(Double.valueOf(words[4])),
                words[5].equals("-") ? Optional.empty() : Optional.of(Integer.valueOf(words[5]))));
      } catch (NumberFormatException e) {
        throw new Undetermined(outputs.host() + ": the answers to ping are not readable");
      }
    }
    return new Echoes(true, echoes);
  }
}
