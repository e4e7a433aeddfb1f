package org.migratecheck.check.ports;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.migratecheck.check.CheckContext;
import org.migratecheck.facts.ports.HostAddress;
import org.migratecheck.facts.ports.HostNames;
import org.migratecheck.facts.ports.Ip;
import org.migratecheck.facts.ports.MigrationConfig;
import org.migratecheck.facts.ports.NameResolution;
import org.migratecheck.facts.ports.PortAttempts;
import org.migratecheck.facts.ports.PortSet;

/**
 * The name that the destination announces for a migration, and where it leads on the source.
 *
 * @param name the name or address
 * @param configured whether it is {@code migration_host}, else the host's own name
 * @param state what is wrong with it
 * @param addresses its addresses on the source, in the order in which they are tried
 * @param foreign those that are not the destination's
 */
record Announced(
    String name, boolean configured, State state, List<String> addresses, List<String> foreign) {
  /** What is wrong with the name. */
  enum State {
    /** It leads to the destination. */
    GOOD,
    /** libvirt refuses it: qemuMigrationDstPrepareDirect looks for the prefix "localhost". */
    LOCALHOST,
    /** The source does not know it. */
    UNRESOLVABLE,
    /** On the source it is a loopback address: the source would connect to itself. */
    LOOPBACK,
    /** None of its addresses is the destination's. */
    ELSEWHERE,
    /** It is an address, and not the destination's. */
    NOT_MINE
  }

  static Announced of(CheckContext context) {
    Optional<String> configured = context.destination(MigrationConfig.FACT).host();
    String name = configured.orElseGet(() -> context.destination(HostNames.FACT).announced());
    if (name.startsWith("localhost")) {
      return new Announced(name, configured.isPresent(), State.LOCALHOST, List.of(), List.of());
    }
    List<String> addresses = context.link(NameResolution.FACT).of(name);
    List<HostAddress> own = context.destination(HostAddress.FACT);
    PortAttempts attempts = context.link(PortAttempts.FACT);
    List<String> foreign =
        addresses.stream()
            .filter(a -> !HostAddress.any(own, a))
            .filter(a -> !proven(attempts, a))
            .toList();
    return new Announced(
        name, configured.isPresent(), state(name, addresses, foreign), addresses, foreign);
  }

  private static State state(String name, List<String> addresses, List<String> foreign) {
    if (addresses.isEmpty()) {
      return State.UNRESOLVABLE;
    }
    // The first address decides: what listens there answers at once, be it the wrong machine.
    if (Ip.loopback(addresses.get(0))) {
      return State.LOOPBACK;
    }
    if (foreign.containsAll(addresses)) {
      return Ip.parse(name).isPresent() ? State.NOT_MINE : State.ELSEWHERE;
    }
    return State.GOOD;
  }

  /** An address that the destination does not have itself may be translated to it on the way. */
  private static boolean proven(PortAttempts attempts, String address) {
    return attempts.rounds().stream()
        .anyMatch(r -> Ip.same(r.address(), address) && !r.proven().equals(PortSet.NONE));
  }

  /**
   * Returns an address of the destination that the source is likely to reach: one to which another
   * of its names leads, else the one that the audit connected to, else the first.
   */
  static Optional<String> address(CheckContext context) {
    List<HostAddress> own = HostAddress.global(context.destination(HostAddress.FACT));
    for (Map.Entry<String, List<String>> entry :
        context.link(NameResolution.FACT).addresses().entrySet()) {
      for (String address : entry.getValue()) {
        if (Ip.parse(entry.getKey()).isEmpty() && HostAddress.any(own, address)) {
          return Optional.of(address);
        }
      }
    }
    String connected = context.destination().evidence().identity().address();
    if (HostAddress.any(own, connected)) {
      return Optional.of(connected);
    }
    return own.stream().map(HostAddress::address).findFirst();
  }

  /** Returns a name, no address, that leads to the destination on the source. */
  static Optional<String> goodName(CheckContext context) {
    List<HostAddress> own = HostAddress.global(context.destination(HostAddress.FACT));
    return context.link(NameResolution.FACT).addresses().entrySet().stream()
        .filter(e -> Ip.parse(e.getKey()).isEmpty() && !e.getKey().startsWith("localhost"))
        .filter(e -> e.getValue().stream().anyMatch(a -> HostAddress.any(own, a)))
        .map(Map.Entry::getKey)
        .findFirst();
  }
}
