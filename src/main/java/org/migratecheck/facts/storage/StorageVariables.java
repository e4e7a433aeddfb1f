package org.migratecheck.facts.storage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Guests;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.LinkVariables;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.Xml;

/**
 * What the probes {@code paths} and {@code storage-servers} look at. What cannot be told here is
 * left out: whoever judges the guest then finds that it was not looked at.
 */
public final class StorageVariables implements LinkVariables {
  private static final int MAX_PATHS = 4000;

  @Override
  public Map<String, String> variables(
      HostFacts source, HostFacts destination, List<Guest> guests) {
    Set<String> paths = new TreeSet<>();
    Set<String> servers = new TreeSet<>();
    Pools pools = Undetermined.known(() -> source.get(Pools.FACT)).orElse(new Pools(List.of()));
    Set<String> networkImages = new TreeSet<>();
    Set<String> volumes = new TreeSet<>();
    Optional<ImageHeaders> headers = Undetermined.known(() -> source.get(ImageHeaders.FACT));
    for (Guest guest : guests) {
      volumes.addAll(volumes(guest));
      for (Image image : images(guest, pools)) {
        image.path().filter(StorageVariables::plain).ifPresent(paths::add);
        image.path().ifPresent(p -> headers.ifPresent(h -> named(h, p, paths)));
        image
            .network()
            .ifPresent(
                n -> n.sockets().stream().filter(StorageVariables::plain).forEach(paths::add));
        NetworkImages.uri(image).ifPresent(networkImages::add);
        image.network().ifPresent(n -> n.hosts().forEach(h -> add(servers, h.name(), h.port())));
      }
    }
    pools.pools().stream()
        .filter(Pools.Pool::active)
        .flatMap(p -> p.target().stream())
        .filter(StorageVariables::plain)
        .forEach(paths::add);
    Undetermined.known(() -> source.get(Mounts.FACT)).ifPresent(mounts -> nfs(mounts, servers));
    Undetermined.known(() -> source.get(Iscsi.FACT))
        .ifPresent(iscsi -> iscsi.sessions().forEach(s -> add(servers, s.address(), s.port())));
    return Map.of(
        "MC_PATHS",
        String.join("\n", paths.stream().limit(MAX_PATHS).toList()),
        "MC_SERVERS",
        String.join("\n", servers),
        "MC_NETWORK_IMAGES",
        String.join("\n", networkImages),
        "MC_VOLUMES",
        String.join("\n", volumes),
        "MC_OTHER_DISKS",
        String.join(
            "\n",
            Undetermined.known(() -> destination.get(Guests.FACT))
                .map(g -> others(g, guests))
                .orElse(Set.of())),
        "MC_QEMU_IDS",
        Undetermined.known(() -> destination.get(QemuAccess.FACT))
            .map(q -> q.uid() + " " + q.gid())
            .orElse(""));
  }

  /** What the headers of a chain of images name. */
  private static void named(ImageHeaders headers, String image, Set<String> paths) {
    for (ImageHeaders.Header header : headers.chain(image)) {
      header.backing().filter(StorageVariables::plain).ifPresent(paths::add);
      header.dataFile().filter(StorageVariables::plain).ifPresent(paths::add);
    }
  }

  private static Set<String> volumes(Guest guest) {
    Set<String> volumes = new TreeSet<>();
    for (Xml disk : guest.xml().all("devices/disk")) {
      for (Xml source : disk.all("source")) {
        String volume = source.attr("pool") + "\t" + source.attr("volume");
        if (disk.attr("type").equals("volume")
            && volume.matches("[^\\s-][^\t\n]*\t[^\\s-][^\t\n]*")) {
          volumes.add(volume);
        }
      }
    }
    return volumes;
  }

  /** Paths of the disks of other guests on the destination. */
  private static Set<String> others(List<Guest> there, List<Guest> judged) {
    Set<String> uuids =
        judged.stream().map(Guest::uuid).collect(java.util.stream.Collectors.toSet());
    Set<String> paths = new TreeSet<>();
    for (Guest guest : there) {
      if (!uuids.contains(guest.uuid())) {
        images(guest, new Pools(List.of())).stream()
            .filter(Image::needsSharing)
            .flatMap(i -> i.path().stream())
            .filter(StorageVariables::plain)
            .forEach(paths::add);
      }
      if (paths.size() > MAX_PATHS) {
        break;
      }
    }
    return paths;
  }

  private static void nfs(Mounts mounts, Set<String> servers) {
    for (Mount mount : mounts.mounts()) {
      if (mount.fileSystem() == FileSystem.NFS) {
        mount.value("addr").ifPresent(a -> add(servers, a, mount.value("port").orElse("2049")));
      }
    }
  }

  private static void add(Set<String> servers, String name, String port) {
    // A name that could be an option or break the line is no server.
    if (name.matches("[A-Za-z0-9][A-Za-z0-9._:%-]{0,254}") && port.matches("[0-9]{1,5}")) {
      servers.add(name + " " + port);
    }
  }

  private static boolean plain(String path) {
    return path.startsWith("/") && path.indexOf('\n') < 0 && path.indexOf('\0') < 0;
  }

  private static List<Image> images(Guest guest, Pools pools) {
    return Undetermined.known(() -> GuestImages.of(guest, pools).images()).orElse(List.of());
  }
}
