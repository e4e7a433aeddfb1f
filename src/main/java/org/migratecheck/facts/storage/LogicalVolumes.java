package org.migratecheck.facts.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactSource;
import org.migratecheck.facts.Outputs;

/**
 * The logical volumes that LVM sees on a host, active or not.
 *
 * @param volumes the volumes
 */
public record LogicalVolumes(List<Volume> volumes) {
  /** The logical volumes of a host. */
  public static final Fact<LogicalVolumes> FACT =
      Fact.host("logicalVolumes", "lvm", LogicalVolumes::parse);

  /** Copies the list. */
  public LogicalVolumes {
    volumes = List.copyOf(volumes);
  }

  /**
   * A logical volume.
   *
   * @param group the volume group's name
   * @param name the volume's name
   * @param uuid the group's and the volume's UUID without hyphens, as in a device-mapper UUID
   * @param segments how it is built, such as {@code linear} or {@code thin}
   * @param locked whether the group's locks are managed in the cluster (lvmlockd or clvmd)
   */
  public record Volume(String group, String name, String uuid, String segments, boolean locked) {
    /**
     * Returns whether the kernel keeps state of it in this host's memory, so that a second host
     * must not use it: mirrors, caches, compression.
     */
    public boolean stateful() {
      return segments.matches("(raid|mirror|cache|writecache|vdo|snapshot|era).*");
    }

    /** Returns whether it lies in a thin pool, or is one, or its snapshot. */
    public boolean thin() {
      return segments.startsWith("thin");
    }
  }

  /** Announces the fact. */
  public static final class Source implements FactSource {
    @Override
    public List<Fact<?>> facts() {
      return List.of(FACT);
    }
  }

  /** Returns the volume of a block device, by the UUID that device-mapper has for it. */
  public Optional<Volume> of(BlockDevice device) {
    return device.logicalVolume()
        ? volumes.stream().filter(v -> device.dmUuid().startsWith("LVM-" + v.uuid())).findFirst()
        : Optional.empty();
  }

  /** Returns the volume of that group and name. */
  public Optional<Volume> named(String group, String name) {
    return volumes.stream()
        .filter(v -> v.group().equals(group) && v.name().equals(name))
        .findFirst();
  }

  private static LogicalVolumes parse(Outputs outputs) {
    List<Volume> volumes = new ArrayList<>();
    for (String line : Evidence.lines(outputs, "lvm/volumes")) {
      if (line.isBlank()) {
        continue;
      }
      String[] fields = line.strip().split("\\|", -1);
      if (fields.length != 6) {
        throw Evidence.unreadable(outputs.host(), "lvs", line);
      }
      // vg_attr(7): the sixth letter is c for clustered, s for shared.
      boolean locked =
          fields[5].length() >= 6 && (fields[5].charAt(5) == 'c' || fields[5].charAt(5) == 's');
      volumes.add(
          new Volume(
              fields[0],
              fields[2],
              fields[1].replace("-", "") + fields[3].replace("-", ""),
              fields[4],
              locked));
    }
    return new LogicalVolumes(volumes);
  }
}
