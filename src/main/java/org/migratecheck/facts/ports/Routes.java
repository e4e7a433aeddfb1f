package org.migratecheck.facts.ports;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;

/**
 * The routes from one host to addresses of the other, from {@code ip route get}. An address without
 * a route has no entry.
 *
 * @param byAddress the routes by the address that they lead to
 */
public record Routes(Map<String, Route> byAddress) {
  /** Routes of the source to the destination's addresses. */
  public static final Fact<Routes> TO_DESTINATION =
      new Fact<>(
          "routesToDestination",
          Fact.Place.LINK_SOURCE,
          List.of("destination-path"),
          outputs -> parse(outputs, "destination-path/routes"));

  /** Routes of the destination to the source's addresses. */
  public static final Fact<Routes> TO_SOURCE =
      new Fact<>(
          "routesToSource",
          Fact.Place.LINK_DESTINATION,
          List.of("return-path"),
          outputs -> parse(outputs, "return-path/routes"));

  private static final Pattern LINE =
      Pattern.compile("(?:local )?([0-9a-fA-F:.]+) (?:.* )?dev (\\S+)(?: (.*))?");
  private static final Pattern FROM = Pattern.compile("(?:^| )src ([0-9a-fA-F:.]+)");

  /** Copies the map. */
  public Routes {
    byAddress = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(byAddress));
  }

  /**
   * One route.
   *
   * @param device the interface that packets leave by
   * @param from the address that they leave with; may be empty
   */
  public record Route(String device, String from) {}

  /** Returns the route to {@code address}. */
  public Optional<Route> to(String address) {
    return byAddress.entrySet().stream()
        .filter(e -> Ip.same(e.getKey(), address))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static Routes parse(Outputs outputs, String part) {
    Map<String, Route> routes = new LinkedHashMap<>();
    for (String line : outputs.complete(part).stdout().lines().toList()) {
      Matcher matcher = LINE.matcher(line.strip());
      if (matcher.matches() && Ip.parse(matcher.group(1)).isPresent()) {
        Matcher from = FROM.matcher(matcher.group(3) == null ? "" : matcher.group(3));
        routes.put(matcher.group(1), new Route(matcher.group(2), from.find() ? from.group(1) : ""));
      }
    }
    return new Routes(routes);
  }
}
