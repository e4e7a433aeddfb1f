package org.migratecheck.facts.storage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactSource;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * The volumes of the judged guests' disks as libvirt on the destination knows them.
 *
 * @param paths the path of each volume by pool and volume; empty for what is not known there
 */
public record Volumes(Map<String, Optional<String>> paths) {
  /** The volumes as the destination knows them. */
  public static final Fact<Volumes> FACT =
      new Fact<>(
          "volumesOnDestination", Fact.Place.LINK_DESTINATION, List.of("volumes"), Volumes::parse);

  /** Copies the map. */
  public Volumes {
    paths = java.util.Collections.unmodifiableMap(new TreeMap<>(paths));
  }

  /** Announces the fact. */
  public static final class Source implements FactSource {
    @Override
    public List<Fact<?>> facts() {
      return List.of(FACT);
    }
  }

  /**
   * Returns where a volume is; empty when libvirt does not know it.
   *
   * @throws Undetermined when it was not asked for
   */
  public Optional<String> path(String pool, String volume) {
    Optional<String> path = paths.get(pool + "\t" + volume);
    if (path == null) {
      throw new Undetermined(
          "volume " + volume + " of storage pool " + pool + " was not looked for",
          "Collect the evidence again, both hosts in one run.");
    }
    return path;
  }

  private static Volumes parse(Outputs outputs) {
    Map<String, Optional<String>> paths = new TreeMap<>();
    String key = "";
    for (String line : Evidence.lines(outputs, "volumes/paths")) {
      if (line.startsWith("volume ")) {
        key = line.substring(7);
      } else if (!key.isEmpty() && line.startsWith("path ")) {
        paths.put(key, Optional.of(line.substring(5).strip()));
        key = "";
      } else if (!key.isEmpty() && line.startsWith("none ")) {
        String words = line.substring(5);
        if (!words.contains("no storage vol")
            && !words.contains("not active")
            && !words.contains("no storage pool")) {
          throw new Undetermined(
              outputs.host() + ": libvirt does not tell of a volume: " + words.strip());
        }
        paths.put(key, Optional.empty());
        key = "";
      } else {
        throw Evidence.unreadable(outputs.host(), "volumes", line);
      }
    }
    return new Volumes(paths);
  }
}
