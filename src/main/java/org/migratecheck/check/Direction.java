package org.migratecheck.check;

import java.util.List;
import java.util.Optional;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.LinkFacts;

/**
 * One direction to be judged.
 *
 * @param source the host that guests leave
 * @param destination the host that they go to
 * @param link what was measured between them; empty when a side was not read
 * @param guests the guests to judge
 * @param unknownGuests names that were asked for and that the source does not know
 */
public record Direction(
    HostFacts source,
    HostFacts destination,
    Optional<LinkFacts> link,
    List<Guest> guests,
    List<String> unknownGuests) {
  /** Copies the lists. */
  public Direction {
    guests = List.copyOf(guests);
    unknownGuests = List.copyOf(unknownGuests);
  }
}
