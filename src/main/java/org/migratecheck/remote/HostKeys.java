package org.migratecheck.remote;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.migratecheck.remote.KnownHostsLine.Marker;

/**
 * What known_hosts files say about one host, and the judgement of an offered key: the rules of
 * OpenSSH's hostfile.c and sshconnect.c, without their exceptions for lax settings.
 *
 * @param own keys of the host
 * @param authorities authorities that may certify the host
 * @param revoked keys that must not be accepted
 * @param withoutPort keys of the same name at the standard port, looked at when there is no other
 */
record HostKeys(
    List<KnownHostsLine> own,
    List<KnownHostsLine> authorities,
    List<KnownHostsLine> revoked,
    List<KnownHostsLine> withoutPort) {

  /** What an offered key is. */
  enum Trust {
    /** A known key of this host. */
    KNOWN,
    /** No key of this host is known. */
    UNKNOWN,
    /** Other keys of this host are known. */
    CHANGED,
    /** The key is marked as revoked. */
    REVOKED
  }

  /**
   * A judgement.
   *
   * @param trust what the key is
   * @param line the line that decided; for a changed key one of the same type where there is one
   */
  record Judgement(Trust trust, Optional<KnownHostsLine> line) {}

  static HostKeys of(List<KnownHostsLine> lines, String name, Optional<String> withoutPort) {
    List<KnownHostsLine> own = new ArrayList<>();
    List<KnownHostsLine> authorities = new ArrayList<>();
    List<KnownHostsLine> revoked = new ArrayList<>();
    List<KnownHostsLine> other = new ArrayList<>();
    for (KnownHostsLine line : lines) {
      if (line.matches(name)) {
        switch (line.marker()) {
          case HOST -> own.add(line);
          case AUTHORITY -> authorities.add(line);
          case REVOKED -> revoked.add(line);
        }
      } else if (withoutPort.isPresent() && line.matches(withoutPort.get())) {
        if (line.marker() == Marker.HOST) {
          other.add(line);
        } else if (line.marker() == Marker.REVOKED) {
          revoked.add(line);
        }
      }
    }
    return new HostKeys(
        List.copyOf(own), List.copyOf(authorities), List.copyOf(revoked), List.copyOf(other));
  }

  /** Returns the same with {@code more} revoked keys. */
  HostKeys withRevoked(List<KnownHostsLine> more) {
    List<KnownHostsLine> all = new ArrayList<>(revoked);
    all.addAll(more);
    return new HostKeys(own, authorities, List.copyOf(all), withoutPort);
  }

  /** Judges a plain key that the host proved to own. */
  Judgement judge(SshPublicKey offered) {
    Optional<KnownHostsLine> bad = find(revoked, offered);
    if (bad.isPresent()) {
      return new Judgement(Trust.REVOKED, bad);
    }
    Optional<KnownHostsLine> same = find(own, offered);
    if (same.isPresent()) {
      return new Judgement(Trust.KNOWN, same);
    }
    if (!own.isEmpty()) {
      KnownHostsLine line =
          own.stream()
              .filter(l -> l.key().type().equals(offered.type()))
              .findFirst()
              .orElse(own.get(0));
      return new Judgement(Trust.CHANGED, Optional.of(line));
    }
    Optional<KnownHostsLine> atOtherPort = find(withoutPort, offered);
    return new Judgement(atOtherPort.isPresent() ? Trust.KNOWN : Trust.UNKNOWN, atOtherPort);
  }

  /** Returns the key types to ask the host for first. */
  List<String> types() {
    List<KnownHostsLine> usable = own.isEmpty() ? withoutPort : own;
    return usable.stream()
        .filter(l -> find(revoked, l.key()).isEmpty())
        .map(l -> l.key().type())
        .distinct()
        .toList();
  }

  private static Optional<KnownHostsLine> find(List<KnownHostsLine> lines, SshPublicKey key) {
    return lines.stream().filter(l -> l.key().equals(key)).findFirst();
  }
}
