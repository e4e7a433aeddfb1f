package org.migratecheck.facts.storage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactSource;
import org.migratecheck.facts.Outputs;

/**
 * How a host sees the servers of the guests' storage.
 *
 * @param servers by {@code NAME PORT}
 */
public record StorageServers(Map<String, Reach> servers) {
  /** The servers as the source sees them. */
  public static final Fact<StorageServers> SOURCE =
      fact("storageServersOnSource", Fact.Place.LINK_SOURCE);

  /** The servers as the destination sees them. */
  public static final Fact<StorageServers> DESTINATION =
      fact("storageServersOnDestination", Fact.Place.LINK_DESTINATION);

  /** Copies the map. */
  public StorageServers {
    servers = java.util.Collections.unmodifiableMap(new TreeMap<>(servers));
  }

  /**
   * How a server is seen.
   *
   * @param addresses the addresses that its name has here
   * @param open whether its port took a connection; empty when no tool could try
   */
  public record Reach(Set<String> addresses, Optional<Boolean> open) {
    /** Copies the set. */
    public Reach {
      addresses = java.util.Collections.unmodifiableSet(new TreeSet<>(addresses));
    }
  }

  /** Announces the facts. */
  public static final class Source implements FactSource {
    @Override
    public List<Fact<?>> facts() {
      return List.of(SOURCE, DESTINATION);
    }
  }

  private static Fact<StorageServers> fact(String name, Fact.Place place) {
    return new Fact<>(name, place, List.of("storage-servers"), StorageServers::parse);
  }

  /** Returns how a server is seen; empty when it was not tried. */
  public Optional<Reach> of(String name, String port) {
    return Optional.ofNullable(servers.get(name + " " + port));
  }

  private static StorageServers parse(Outputs outputs) {
    Map<String, Reach> servers = new TreeMap<>();
    Set<String> parts = outputs.withPrefix("storage-servers/").keySet();
    if (parts.isEmpty()) {
      outputs.ok("storage-servers");
    }
    for (String part : parts) {
      String name = "";
      Set<String> addresses = new TreeSet<>();
      Optional<Boolean> open = Optional.empty();
      for (String line : Evidence.lines(outputs, "storage-servers/" + part)) {
        if (line.startsWith("server ")) {
          name = line.substring(7);
        } else if (line.startsWith("address ")) {
          addresses.add(line.substring(8));
        } else if (line.equals("open") || line.equals("closed")) {
          open = Optional.of(line.equals("open"));
        } else {
          throw Evidence.unreadable(outputs.host(), "storage-servers", line);
        }
      }
      servers.put(name, new Reach(addresses, open));
    }
    return new StorageServers(servers);
  }
}
