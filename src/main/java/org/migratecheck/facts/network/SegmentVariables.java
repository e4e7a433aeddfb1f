package org.migratecheck.facts.network;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.LinkVariables;
import org.migratecheck.facts.Undetermined;

/**
 * Tells both hosts in which network segments they are to look for each other: the Linux bridges
 * that the judged guests are on, and the links that their macvtap cards name, where both hosts have
 * them. A bridge with VLAN filtering hands the host's own frames to another VLAN than a guest's.
 */
public final class SegmentVariables implements LinkVariables {
  private static final int MOST = 16;
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,14}");

  @Override
  public Map<String, String> variables(
      HostFacts source, HostFacts destination, List<Guest> guests) {
    Set<String> wanted = new TreeSet<>();
    Map<String, VirtualNetwork> networks =
        known(source, VirtualNetwork.FACT).stream()
            .filter(n -> !n.ownsBridge())
            .collect(Collectors.toMap(VirtualNetwork::name, n -> n, (a, b) -> a));
    for (Guest guest : guests) {
      for (Nic nic : Nic.of(guest)) {
        nic.bridge()
            .or(nic::device)
            .or(
                () ->
                    nic.network()
                        .flatMap(n -> Optional.ofNullable(networks.get(n)))
                        .flatMap(VirtualNetwork::bridge))
            .ifPresent(wanted::add);
      }
    }
    wanted.removeIf(link -> !PLAIN.matcher(link).matches());
    wanted.retainAll(usable(source));
    wanted.retainAll(usable(destination));
    return Map.of("MC_SEGMENT_LINKS", wanted.stream().limit(MOST).collect(Collectors.joining(" ")));
  }

  private static Set<String> usable(HostFacts host) {
    Set<String> filtering =
        known(host, Bridge.FACT).stream()
            .filter(Bridge::vlanFiltering)
            .map(Bridge::name)
            .collect(Collectors.toSet());
    return known(host, Link.FACT).stream()
        .filter(Link::up)
        .map(Link::name)
        .filter(name -> !filtering.contains(name))
        .collect(Collectors.toSet());
  }

  private static <T> List<T> known(HostFacts host, Fact<List<T>> fact) {
    return Undetermined.known(() -> host.get(fact)).orElse(List.of());
  }
}
