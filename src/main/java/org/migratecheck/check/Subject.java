package org.migratecheck.check;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.LinkFacts;
import org.migratecheck.model.Policy;

/**
 * What one finding is about.
 *
 * @param source the source; for host scope the host
 * @param destination the destination; for host scope the host
 * @param link the facts between them
 * @param guest the guest, known or only named
 * @param guestName the guest's name
 * @param hostIsSource for host scope, whether the host is the run's source; empty otherwise
 */
record Subject(
    HostFacts source,
    HostFacts destination,
    Optional<LinkFacts> link,
    Optional<Guest> guest,
    Optional<String> guestName,
    Optional<Boolean> hostIsSource) {

  static Subject host(HostFacts host, boolean isSource) {
    return new Subject(
        host, host, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(isSource));
  }

  static Subject pair(Direction d) {
    return new Subject(
        d.source(),
        d.destination(),
        d.link(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static Subject guest(Direction d, Guest guest) {
    return new Subject(
        d.source(),
        d.destination(),
        d.link(),
        Optional.of(guest),
        Optional.of(guest.name()),
        Optional.empty());
  }

  static Subject unknownGuest(Direction d, String name) {
    return new Subject(
        d.source(),
        d.destination(),
        d.link(),
        Optional.empty(),
        Optional.of(name),
        Optional.empty());
  }

  /** Returns the name of a host of this subject that could not be read. */
  Optional<String> unread() {
    for (HostFacts host : new HostFacts[] {source, destination}) {
      if (host.evidence().failure().isPresent()) {
        return Optional.of(host.name());
      }
    }
    return Optional.empty();
  }

  CheckContext context(Policy policy, Check check) {
    return new CheckContext(
        source, destination, link, guest, policy, check.parameters().get(policy));
  }

  HostFacts side(Side side) {
    return side == Side.SOURCE ? source : destination;
  }

  Optional<String> findingSource() {
    return hostIsSource.isEmpty() || hostIsSource.get()
        ? Optional.of(source.name())
        : Optional.empty();
  }

  Optional<String> findingDestination() {
    return hostIsSource.isEmpty() || !hostIsSource.get()
        ? Optional.of(destination.name())
        : Optional.empty();
  }

  /** Returns the values that every text of a check may use. */
  Map<String, String> values() {
    Map<String, String> values = new TreeMap<>();
    values.put("source", source.name());
    values.put("destination", destination.name());
    values.put("host", source.name());
    guestName.ifPresent(g -> values.put("guest", g));
    return values;
  }
}
