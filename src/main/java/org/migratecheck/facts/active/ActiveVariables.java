package org.migratecheck.facts.active;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.LinkVariables;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.storage.Pools;

/**
 * Tells {@code nonce-write} and {@code nonce-read} where to look, and a name nobody knew before.
 */
public final class ActiveVariables implements LinkVariables {
  private static final int MAX_DIRECTORIES = 64;
  private static final SecureRandom RANDOM = new SecureRandom();

  @Override
  public Map<String, String> variables(
      HostFacts source, HostFacts destination, List<Guest> guests) {
    byte[] nonce = new byte[16];
    RANDOM.nextBytes(nonce);
    return Map.of(
        "MC_NONCE",
        HexFormat.of().formatHex(nonce),
        "MC_NONCE_DIRECTORIES",
        String.join("\n", directories(source, guests)));
  }

  /** Returns the directories in the order in which the probes number them. */
  private static List<String> directories(HostFacts source, List<Guest> guests) {
    Pools pools = Undetermined.known(() -> source.get(Pools.FACT)).orElse(new Pools(List.of()));
    TreeSet<String> all = new TreeSet<>();
    for (Guest guest : guests) {
      all.addAll(NonceDirectories.readable(guest, pools));
    }
    return all.stream().limit(MAX_DIRECTORIES).toList();
  }
}
