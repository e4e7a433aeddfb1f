package org.migratecheck.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.migratecheck.check.Direction;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Guests;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.LinkFacts;
import org.migratecheck.facts.Undetermined;

/** Decides which directions and which guests of a run are judged. */
final class Directions {
  private Directions() {}

  /** Returns the first host towards every other, and with {@code bothWays} every other back. */
  static List<Direction> of(List<HostFacts> hosts, AuditOptions options) {
    List<Direction> directions = new ArrayList<>();
    HostFacts source = hosts.get(0);
    for (HostFacts other : hosts.subList(1, hosts.size())) {
      directions.add(direction(source, other, options, true));
    }
    if (options.bothWays()) {
      for (HostFacts other : hosts.subList(1, hosts.size())) {
        directions.add(direction(other, source, options, false));
      }
    }
    return List.copyOf(directions);
  }

  /** Returns the guests of {@code source} to judge; none when its guests cannot be told. */
  static List<Guest> guests(HostFacts source, AuditOptions options, boolean namedCount) {
    if (options.noGuests()) {
      return List.of();
    }
    List<Guest> known = known(source);
    if (options.guests().isEmpty() || !namedCount) {
      return known.stream().filter(Guest::active).toList();
    }
    return known.stream()
        .filter(g -> options.guests().contains(g.name()) || options.guests().contains(g.uuid()))
        .toList();
  }

  private static Direction direction(
      HostFacts source, HostFacts destination, AuditOptions options, boolean forth) {
    Optional<LinkFacts> link = source.evidence().link(destination.name()).map(LinkFacts::new);
    List<Guest> guests = guests(source, options, forth);
    return new Direction(
        source, destination, link, guests, forth ? unknown(source, guests, options) : List.of());
  }

  /** Names are unknown only when the source's guests could be read. */
  private static List<String> unknown(HostFacts source, List<Guest> found, AuditOptions options) {
    if (options.noGuests() || !readable(source)) {
      return List.of();
    }
    return options.guests().stream()
        .distinct()
        .filter(
            name -> found.stream().noneMatch(g -> g.name().equals(name) || g.uuid().equals(name)))
        .toList();
  }

  private static List<Guest> known(HostFacts host) {
    return Undetermined.known(() -> host.get(Guests.FACT)).orElse(List.of());
  }

  private static boolean readable(HostFacts host) {
    try {
      host.get(Guests.FACT);
      return true;
    } catch (Undetermined e) {
      return false;
    }
  }
}
