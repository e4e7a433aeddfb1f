package org.migratecheck.facts.storage;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactSource;

/**
 * The block devices of a host.
 *
 * @param devices by the kernel's name
 * @param nvmeTransports the transports ({@code pcie}, {@code tcp}, {@code fc}, {@code rdma}) by
 *     NVMe controller and subsystem
 */
public record BlockDevices(
    Map<String, BlockDevice> devices, Map<String, Set<String>> nvmeTransports) {
  /** The block devices of a host. */
  public static final Fact<BlockDevices> FACT =
      Fact.host("blockDevices", "block", BlockDeviceParser::parse);

  /** Copies the maps. */
  public BlockDevices {
    devices = java.util.Collections.unmodifiableMap(new TreeMap<>(devices));
    nvmeTransports = java.util.Collections.unmodifiableMap(new TreeMap<>(nvmeTransports));
  }

  /** Announces the fact. */
  public static final class Source implements FactSource {
    @Override
    public List<Fact<?>> facts() {
      return List.of(FACT);
    }
  }

  /** Returns the device with that major and minor number. */
  public Optional<BlockDevice> numbered(String number) {
    return devices.values().stream().filter(d -> d.number().equals(number)).findFirst();
  }

  /** Returns the device with that device-mapper name. */
  public Optional<BlockDevice> mapped(String dmName) {
    return devices.values().stream().filter(d -> d.dmName().equals(dmName)).findFirst();
  }

  /** Returns the disk that a partition is on. */
  public Optional<BlockDevice> disk(BlockDevice partition) {
    if (partition.partition() == 0) {
      return Optional.empty();
    }
    String above = partition.sysPath().substring(0, partition.sysPath().lastIndexOf('/'));
    return devices.values().stream().filter(d -> d.sysPath().equals(above)).findFirst();
  }

  /** Returns the physical devices at the bottom of a stack of partitions and maps, sorted. */
  public List<BlockDevice> bottoms(BlockDevice device) {
    Set<BlockDevice> found = new LinkedHashSet<>();
    descend(device, found, new LinkedHashSet<>(), new LinkedHashSet<>());
    return List.copyOf(found);
  }

  /** Returns the device and all that lies between it and its physical devices, top first. */
  public List<BlockDevice> stack(BlockDevice device) {
    Set<BlockDevice> all = new LinkedHashSet<>();
    descend(device, new LinkedHashSet<>(), all, new LinkedHashSet<>());
    return List.copyOf(all);
  }

  private void descend(
      BlockDevice device, Set<BlockDevice> bottoms, Set<BlockDevice> all, Set<String> seen) {
    if (!seen.add(device.name())) {
      return;
    }
    all.add(device);
    List<BlockDevice> below = new ArrayList<>();
    disk(device).ifPresent(below::add);
    for (String slave : device.slaves()) {
      Optional.ofNullable(devices.get(slave)).ifPresent(below::add);
    }
    if (below.isEmpty()) {
      bottoms.add(device);
    }
    below.forEach(d -> descend(d, bottoms, all, seen));
  }

  /** Returns how the bytes of one physical device travel. */
  public Transport transport(BlockDevice bottom) {
    if (bottom.remotePort().isPresent()) {
      return Transport.FIBRE_CHANNEL;
    }
    if (bottom.session().isPresent()) {
      return Transport.ISCSI;
    }
    String name = bottom.name();
    String path = bottom.sysPath();
    if (name.startsWith("nvme")) {
      Set<String> transports = nvme(path);
      return !transports.isEmpty() && !transports.contains("pcie")
          ? Transport.NVME_FABRIC
          : Transport.LOCAL;
    }
    if (name.startsWith("rbd")) {
      return Transport.RBD;
    }
    if (name.startsWith("drbd")) {
      return Transport.DRBD;
    }
    if (name.startsWith("nbd")) {
      return Transport.NBD;
    }
    return path.contains("/end_device-") ? Transport.SAS : Transport.LOCAL;
  }

  private Set<String> nvme(String path) {
    for (String step : path.split("/")) {
      Set<String> transports = nvmeTransports.get(step);
      if (transports != null) {
        return transports;
      }
    }
    return Set.of();
  }

  /** Returns all transports below a device. */
  public Set<Transport> transports(BlockDevice device) {
    Set<Transport> result = new java.util.TreeSet<>();
    bottoms(device).forEach(b -> result.add(transport(b)));
    return result;
  }
}
