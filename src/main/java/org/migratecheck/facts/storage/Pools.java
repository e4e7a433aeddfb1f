package org.migratecheck.facts.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactSource;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.Xml;

/**
 * libvirt's storage pools on a host.
 *
 * @param pools the pools, sorted by name
 */
public record Pools(List<Pool> pools) {
  /** The storage pools of a host. */
  public static final Fact<Pools> FACT = Fact.host("pools", "pools", Pools::parse);

  private static final Set<String> DEVICE_TYPES =
      Set.of("iscsi", "scsi", "mpath", "disk", "logical");

  /** Copies the list. */
  public Pools {
    pools = List.copyOf(pools);
  }

  /**
   * A storage pool.
   *
   * @param name its name
   * @param uuid its UUID
   * @param type such as {@code dir}, {@code netfs}, {@code iscsi}
   * @param active whether it is running
   * @param persistent whether it is defined
   * @param autostart whether it starts with the host
   * @param xml its XML
   * @param volumes paths by volume name, for pools whose volumes are devices
   */
  public record Pool(
      String name,
      String uuid,
      String type,
      boolean active,
      boolean persistent,
      boolean autostart,
      Xml xml,
      Map<String, String> volumes) {
    /** Copies the map. */
    public Pool {
      volumes = java.util.Collections.unmodifiableMap(new TreeMap<>(volumes));
    }

    /** Returns the directory in which its volumes appear; empty for pools without one. */
    public Optional<String> target() {
      return xml.textAt("target/path").filter(p -> p.startsWith("/"));
    }

    /** Returns the path of a volume; empty when it cannot be told. */
    public Optional<String> volume(String volume) {
      if (DEVICE_TYPES.contains(type)) {
        return Optional.ofNullable(volumes.get(volume));
      }
      return switch (type) {
        case "dir", "fs", "netfs", "vstorage" -> target().map(t -> t + "/" + volume);
        default -> Optional.empty();
      };
    }

    /** Returns whether its volumes lie on storage that other hosts can reach. */
    public boolean networked() {
      return Set.of("netfs", "iscsi", "iscsi-direct", "scsi", "mpath", "rbd", "gluster", "sheepdog")
          .contains(type);
    }

    /** Returns what must be equal on two hosts: all of the definition but sizes and the UUID. */
    public String definition() {
      List<Xml> children =
          xml.children().stream()
              .filter(
                  c -> !Set.of("uuid", "capacity", "allocation", "available").contains(c.name()))
              .map(Pool::withoutRights)
              .toList();
      return new Xml(xml.name(), xml.attributes(), children, "").canonical();
    }

    /** Returns what decides where a volume of it is found: type, target, and place on a server. */
    public String place() {
      return String.join(
          " ",
          type,
          target().orElse(""),
          xml.attribute("source/dir", "path").orElse(""),
          xml.attribute("source/device", "path").orElse(""),
          xml.textAt("source/name").orElse(""));
    }

    /** Owner and mode are what the directory happens to have, not what was asked for. */
    private static Xml withoutRights(Xml element) {
      return new Xml(
          element.name(),
          element.attributes(),
          element.children().stream()
              .filter(c -> !c.name().equals("permissions"))
              .map(Pool::withoutRights)
              .toList(),
          element.text());
    }
  }

  /** Announces the fact. */
  public static final class Source implements FactSource {
    @Override
    public List<Fact<?>> facts() {
      return List.of(FACT);
    }
  }

  /** Returns the pool of that name. */
  public Optional<Pool> named(String name) {
    return pools.stream().filter(p -> p.name().equals(name)).findFirst();
  }

  private static Pools parse(Outputs outputs) {
    var list = outputs.complete("pools/names");
    if (list.exitStatus() != 0
        && (list.stderr().contains("not supported by the connection driver")
            || list.stderr().contains("no connection driver available"))) {
      // This libvirt was built or installed without pools.
      return new Pools(List.of());
    }
    Set<String> names = new TreeSet<>();
    outputs.ok("pools/names").lines().map(String::strip).forEach(names::add);
    names.remove("");
    Map<String, Map<String, String>> volumes =
        volumes(outputs.host(), Evidence.lines(outputs, "pools/volumes"));
    List<Pool> pools = new ArrayList<>();
    Map<String, String> info = new TreeMap<>();
    StringBuilder xml = new StringBuilder();
    for (String line : Evidence.lines(outputs, "pools/details")) {
      if (xml.isEmpty() && !line.startsWith("<pool")) {
        int colon = line.indexOf(':');
        if (colon > 0) {
          info.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        continue;
      }
      xml.append(line).append('\n');
      if (line.equals("</pool>")) {
        pools.add(pool(outputs.host(), info, xml.toString(), volumes));
        info.clear();
        xml.setLength(0);
      }
    }
    return checked(outputs.host(), names, pools);
  }

  private static Pool pool(
      String host,
      Map<String, String> info,
      String document,
      Map<String, Map<String, String>> volumes) {
    Xml xml = Xml.parse(host + ": storage pool", document);
    String uuid = xml.textAt("uuid").orElse("");
    if (!uuid.equals(info.get("UUID")) || !info.containsKey("State")) {
      throw new Undetermined(host + ": the description of a storage pool is not whole");
    }
    return new Pool(
        xml.textAt("name").orElseThrow(() -> new Undetermined(host + ": a pool has no name")),
        uuid,
        xml.attr("type"),
        "running".equals(info.get("State")),
        "yes".equals(info.get("Persistent")),
        "yes".equals(info.get("Autostart")),
        xml,
        volumes.getOrDefault(uuid, Map.of()));
  }

  private static Pools checked(String host, Set<String> names, List<Pool> pools) {
    for (String name : names) {
      if (pools.stream().noneMatch(p -> p.uuid().equals(name) || p.name().equals(name))) {
        throw new Undetermined(host + ": a storage pool was listed but not described");
      }
    }
    if (names.size() != pools.size()) {
      throw new Undetermined(host + ": the list of storage pools is not whole");
    }
    List<Pool> sorted = new ArrayList<>(pools);
    sorted.sort(java.util.Comparator.comparing(Pool::name));
    return new Pools(sorted);
  }

  /** Sections "pool UUID" with lines "NAME PATH"; a device's path has no spaces. */
  private static Map<String, Map<String, String>> volumes(String host, List<String> lines) {
    Map<String, Map<String, String>> result = new TreeMap<>();
    Map<String, String> current = null;
    for (String line : lines) {
      String text = line.strip();
      if (line.startsWith("pool ")) {
        current = result.computeIfAbsent(text.substring(5), k -> new TreeMap<>());
      } else if (!text.isEmpty()) {
        int path = text.lastIndexOf(" /");
        if (current == null || path < 0) {
          throw Evidence.unreadable(host, "vol-list", line);
        }
        current.put(text.substring(0, path).strip(), text.substring(path + 1));
      }
    }
    return result;
  }
}
