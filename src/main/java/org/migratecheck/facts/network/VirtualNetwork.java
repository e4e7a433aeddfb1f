package org.migratecheck.facts.network;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Xml;

/**
 * A virtual network of libvirt.
 *
 * @param name its name: hostile text without slashes and new lines
 * @param uuid its UUID on this host
 * @param active whether it runs
 * @param persistent whether it has a definition that outlives its stop
 * @param autostart whether it starts with the host
 * @param live what {@code net-dumpxml} says: the running network, else the definition
 * @param definition what the next start will use; for a transient network the same as {@code live}
 * @param source the definition as libvirt printed it
 */
public record VirtualNetwork(
    String name,
    String uuid,
    boolean active,
    boolean persistent,
    boolean autostart,
    Xml live,
    Xml definition,
    String source) {

  /** All virtual networks of the host, sorted by name. */
  public static final Fact<List<VirtualNetwork>> FACT =
      Fact.host("libvirt-networks", "libvirt-networks", VirtualNetworks::parse);

  private static final Set<String> OWN_BRIDGE = Set.of("", "nat", "route", "open");

  /** Returns how it leads out: {@code nat}, {@code bridge} ...; {@code ""} for an isolated one. */
  public String forward() {
    return live.first("forward").map(f -> f.attribute("mode").orElse("nat")).orElse("");
  }

  /** Returns whether libvirt makes and removes its bridge itself. */
  public boolean ownsBridge() {
    return OWN_BRIDGE.contains(forward());
  }

  /** Returns the bridge that its guests are on. */
  public Optional<String> bridge() {
    return live.attribute("bridge", "name");
  }

  /** Returns the portgroup of that name, or the default one for an empty name. */
  public Optional<Xml> portgroup(String wanted) {
    return live.all("portgroup").stream()
        .filter(
            p -> wanted.isEmpty() ? p.attr("default").equals("yes") : p.attr("name").equals(wanted))
        .findFirst();
  }
}
