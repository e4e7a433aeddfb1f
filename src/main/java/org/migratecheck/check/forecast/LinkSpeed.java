package org.migratecheck.check.forecast;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.LinkFacts;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.forecast.LinkTraffic;
import org.migratecheck.facts.network.Bridge;
import org.migratecheck.facts.network.Link;
import org.migratecheck.facts.ports.Routes;

/**
 * What the network cards between two hosts promise, from the link that the route to the address of
 * migrations leaves by down to the cards, on both sides.
 */
final class LinkSpeed {
  private static final int DEEPEST = 8;
  private static final double BYTES_PER_MEGABIT = 125_000;

  /** What is left for data in full Ethernet frames with TCP over IPv4. */
  private static final double PAYLOAD = 0.94;

  /** A busy link is shared, not lost. */
  private static final double LEAST_SHARE = 0.25;

  private LinkSpeed() {}

  /**
   * Returns bytes per second that a migration may have, less what the source's card sends now;
   * empty where a card on either side does not tell its speed.
   */
  static OptionalDouble nominal(HostFacts source, HostFacts destination, LinkFacts link) {
    Optional<Link> here = first(link, Routes.TO_DESTINATION).flatMap(d -> card(source, d, DEEPEST));
    Optional<Link> there =
        first(link, Routes.TO_SOURCE).flatMap(d -> card(destination, d, DEEPEST));
    if (here.flatMap(Link::speed).isEmpty() || there.flatMap(Link::speed).isEmpty()) {
      return OptionalDouble.empty();
    }
    double slower =
        Math.min(here.get().speed().get(), there.get().speed().get()) * BYTES_PER_MEGABIT * PAYLOAD;
    double used =
        Undetermined.known(() -> link.get(LinkTraffic.FACT))
            .map(t -> t.sentPerSecond().getOrDefault(here.get().name(), 0.0))
            .orElse(0.0);
    return OptionalDouble.of(Math.max(slower - used, slower * LEAST_SHARE));
  }

  /** The address of migrations comes first. */
  private static Optional<String> first(LinkFacts link, Fact<Routes> routes) {
    return Undetermined.known(() -> link.get(routes))
        .flatMap(r -> r.byAddress().values().stream().findFirst())
        .map(Routes.Route::device);
  }

  /** Of several cards below a bridge or bond one connection uses one: the slowest that works. */
  private static Optional<Link> card(HostFacts host, String device, int depth) {
    Map<String, Link> links =
        Undetermined.known(() -> host.get(Link.FACT)).orElse(List.of()).stream()
            .collect(Collectors.toMap(Link::name, Function.identity()));
    Link link = links.get(device);
    if (link == null || depth == 0) {
      return Optional.empty();
    }
    if (link.kind().equals("physical")) {
      return Optional.of(link);
    }
    return below(host, link).stream()
        .filter(n -> links.containsKey(n) && links.get(n).works() && !links.get(n).staysInside())
        .map(n -> card(host, n, depth - 1))
        .flatMap(Optional::stream)
        .min(java.util.Comparator.comparing(l -> l.speed().orElse(0)));
  }

  private static List<String> below(HostFacts host, Link link) {
    return switch (link.kind()) {
      case "bridge" ->
          Undetermined.known(() -> host.get(Bridge.FACT)).orElse(List.of()).stream()
              .filter(b -> b.name().equals(link.name()))
              .flatMap(b -> b.ports().stream())
              .toList();
      case "vlan", "bond", "team" -> link.lower();
      default -> List.of();
    };
  }
}
