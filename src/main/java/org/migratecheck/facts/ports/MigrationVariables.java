package org.migratecheck.facts.ports;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.LinkVariables;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.HostIdentity;

/**
 * Tells the probes of the second step how the source may call the destination.
 *
 * <p>The user's own names come first, for they are what {@code virsh migrate} would be given: the
 * host as typed, then the name that the destination announces, the address that the audit connected
 * to, and the destination's own addresses. The source takes the first that resolves there: an alias
 * of the auditing user's ssh configuration means nothing to it.
 *
 * <p>The token is random for each direction and run; evidence that is read again later holds what
 * the source made of it, not the token's worth.
 */
public final class MigrationVariables implements LinkVariables {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,252}");
  private static final Pattern USER = Pattern.compile("[A-Za-z_][A-Za-z0-9._-]{0,63}");

  /** More ports than any host has guests in flight; libvirt takes the lowest that is free. */
  private static final int MAX_PORTS = 1000;

  private static final int MAX_ADDRESSES = 16;

  private static final MigrationConfig DEFAULTS =
      new MigrationConfig(
          MigrationConfig.DEFAULT_MIN,
          MigrationConfig.DEFAULT_MAX,
          java.util.Optional.empty(),
          java.util.Optional.empty(),
          List.of(),
          MigrationConfig.USUAL_UNPRIVILEGED,
          List.of(),
          false);

  private final SecureRandom random = new SecureRandom();

  @Override
  public Map<String, String> variables(
      HostFacts source, HostFacts destination, List<Guest> guests) {
    MigrationConfig config = orElse(destination, MigrationConfig.FACT, () -> DEFAULTS);
    List<HostAddress> there = orElse(destination, HostAddress.FACT, List::of);
    Map<String, String> variables = new TreeMap<>();
    variables.put("MC_DESTINATION_NAMES", String.join(" ", names(destination, there)));
    variables.put("MC_DESTINATION_PORT", Integer.toString(port(destination)));
    variables.put("MC_DESTINATION_USER", user(destination));
    variables.put("MC_MIGRATION_HOST", announced(destination));
    variables.put("MC_MIGRATION_PORTS", tried(config));
    variables.put(
        "MC_LISTEN_ADDRESS",
        config
            .address()
            .filter(a -> usable(a) && !Ip.wildcard(a) && !a.startsWith("localhost"))
            .orElse(""));
    variables.put("MC_LISTEN_TOKEN", token());
    variables.put(
        "MC_DESTINATION_MTUS",
        HostAddress.global(there).stream()
            .map(a -> a.address() + "=" + a.mtu())
            .collect(Collectors.joining(" ")));
    variables.put(
        "MC_SOURCE_ADDRESSES",
        HostAddress.global(orElse(source, HostAddress.FACT, List::of)).stream()
            .limit(MAX_ADDRESSES)
            .map(HostAddress::address)
            .collect(Collectors.joining(" ")));
    return variables;
  }

  /** Returns the name or address that {@code destination} announces; empty where unknown. */
  static String announced(HostFacts destination) {
    String name =
        orElse(destination, MigrationConfig.FACT, () -> DEFAULTS)
            .host()
            .or(() -> Undetermined.known(() -> destination.get(HostNames.FACT).announced()))
            .orElse("");
    return usable(name) ? name : "";
  }

  /** Returns the ports of the range that are tried. */
  static String tried(MigrationConfig config) {
    PortSet ports = config.ports();
    return ports.isEmpty()
        ? tried(DEFAULTS)
        : ports.first() + "-" + Math.min(ports.last(), ports.first() + MAX_PORTS - 1);
  }

  private static List<String> names(HostFacts destination, List<HostAddress> addresses) {
    Set<String> names = new LinkedHashSet<>();
    names.add(typed(destination.name()));
    names.add(announced(destination));
    names.add(destination.evidence().identity().address());
    HostAddress.global(addresses).forEach(a -> names.add(a.address()));
    List<String> result = new ArrayList<>(names);
    result.removeIf(n -> !usable(n) || n.startsWith("localhost") || Ip.loopback(n));
    return result.subList(0, Math.min(MAX_ADDRESSES, result.size()));
  }

  /** Returns HOST of {@code [user@]host[:port]}; empty for stored evidence. */
  public static String typed(String name) {
    if (name.startsWith("@")) {
      return "";
    }
    String host = name.substring(name.lastIndexOf('@') + 1);
    if (host.startsWith("[") && host.contains("]")) {
      return host.substring(1, host.indexOf(']'));
    }
    int colon = host.indexOf(':');
    return colon >= 0 && colon == host.lastIndexOf(':') ? host.substring(0, colon) : host;
  }

  /**
   * The SSH port on the destination itself: the port that the audit used may be one that a gateway
   * forwards.
   */
  private static int port(HostFacts destination) {
    HostIdentity identity = destination.evidence().identity();
    PortSet listening = orElse(destination, ListeningPorts.FACT, () -> PortSet.NONE);
    if (identity.port() > 0 && (listening.isEmpty() || listening.contains(identity.port()))) {
      return identity.port();
    }
    return orElse(destination, SshServer.FACT, () -> NO_SERVER).ports().stream()
        .filter(p -> listening.isEmpty() || listening.contains(p))
        .findFirst()
        .orElse(22);
  }

  private static final SshServer NO_SERVER =
      new SshServer(
          List.of(), java.util.Optional.empty(), java.util.Set.of(), List.of(), List.of());

  private static String user(HostFacts destination) {
    String user = destination.evidence().identity().user();
    return user.equals("root") || !USER.matcher(user).matches() ? "" : user;
  }

  /** Names and addresses go unquoted into a URI and into word lists of the probes. */
  private static boolean usable(String name) {
    return NAME.matcher(name).matches() || (Ip.parse(name).isPresent() && !name.contains("%"));
  }

  private String token() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static <T> T orElse(HostFacts host, Fact<T> fact, Supplier<T> otherwise) {
    return Undetermined.known(() -> host.get(fact)).orElseGet(otherwise);
  }
}
