package org.migratecheck.facts.storage;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.LinkVariables;
import org.migratecheck.facts.Undetermined;

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
    Pools pools = known(source, Pools.FACT).orElse(new Pools(List.of()));
    for (Guest guest : guests) {
      for (Image image : images(guest, pools)) {
        image.path().filter(StorageVariables::plain).ifPresent(paths::add);
        image.network().ifPresent(n -> n.hosts().forEach(h -> add(servers, h.name(), h.port())));
      }
    }
    pools.pools().stream()
        .filter(Pools.Pool::active)
        .flatMap(p -> p.target().stream())
        .filter(StorageVariables::plain)
        .forEach(paths::add);
    known(source, Mounts.FACT).ifPresent(mounts -> nfs(mounts, servers));
    known(source, Iscsi.FACT)
        .ifPresent(iscsi -> iscsi.sessions().forEach(s -> add(servers, s.address(), s.port())));
    return Map.of(
        "MC_PATHS",
        String.join("\n", paths.stream().limit(MAX_PATHS).toList()),
        "MC_SERVERS",
        String.join("\n", servers),
        "MC_QEMU_IDS",
        known(destination, QemuAccess.FACT).map(q -> q.uid() + " " + q.gid()).orElse(""));
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
    try {
      return GuestImages.of(guest, pools).images();
    } catch (Undetermined e) {
      return List.of();
    }
  }

  private static <T> Optional<T> known(HostFacts host, Fact<T> fact) {
    try {
      return Optional.of(host.get(fact));
    } catch (Undetermined e) {
      return Optional.empty();
    }
  }
}
