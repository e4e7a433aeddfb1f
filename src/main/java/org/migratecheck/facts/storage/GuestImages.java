package org.migratecheck.facts.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.migratecheck.facts.Guest;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.Xml;
import org.migratecheck.facts.storage.Image.Network;
import org.migratecheck.facts.storage.Image.Role;
import org.migratecheck.facts.storage.Image.Server;

/** Reads from a guest's XML what QEMU opens for it (libvirt: Domain XML format, Hard drives). */
public final class GuestImages {
  private static final int MAX_CHAIN = 200;
  private static final Map<String, String> PORTS =
      Map.of(
          "iscsi",
          "3260",
          "nfs",
          "2049",
          "gluster",
          "24007",
          "nbd",
          "10809",
          "rbd",
          "6789",
          "http",
          "80",
          "https",
          "443",
          "ssh",
          "22",
          "sheepdog",
          "7000");

  private final Pools pools;
  private final boolean relabel;
  private final List<Image> images = new ArrayList<>();
  private final List<String> incomplete = new ArrayList<>();

  private GuestImages(Pools pools, boolean relabel) {
    this.pools = pools;
    this.relabel = relabel;
  }

  /**
   * What a guest opens.
   *
   * @param images all images, in the order of the XML
   * @param incomplete names of disks whose backing chain the XML does not tell
   */
  public record Result(List<Image> images, List<String> incomplete) {
    /** Copies the lists. */
    public Result {
      images = List.copyOf(images);
      incomplete = List.copyOf(incomplete);
    }
  }

  /**
   * Returns what {@code guest} opens.
   *
   * @param pools the pools of the host that the guest is on
   * @throws Undetermined where the XML makes no sense
   */
  public static Result of(Guest guest, Pools pools) {
    boolean relabel =
        guest.xml().all("seclabel").stream()
            .filter(s -> s.attr("model").equals("dac"))
            .noneMatch(s -> s.attr("relabel").equals("no") || s.attr("type").equals("none"));
    GuestImages reader = new GuestImages(pools, relabel);
    for (Xml disk : guest.xml().all("devices/disk")) {
      reader.disk(disk);
    }
    reader.boot(guest.xml());
    return new Result(reader.images, reader.incomplete);
  }

  private void disk(Xml disk) {
    String target = disk.attribute("target", "dev").orElse("?");
    String device = disk.attribute("device").orElse("disk");
    boolean medium = device.equals("cdrom") || device.equals("floppy");
    boolean readOnly = disk.first("readonly").isPresent() || device.equals("cdrom");
    Optional<Xml> source = disk.first("source");
    if (source.isEmpty() || source.get().attributes().keySet().stream().noneMatch(this::names)) {
      // An empty drive; vhost-user and NVMe disks say what they are by their type.
      if (!medium) {
        add(disk, target, Role.DISK, "raw", readOnly);
      }
      return;
    }
    String format = disk.attribute("driver", "type").orElse("raw");
    add(disk, target, medium ? Role.MEDIUM : Role.DISK, format, readOnly);
    dataStore(source.get(), target, medium ? Role.MEDIUM : Role.DISK, readOnly);
    boolean told = chain(disk, target, medium ? Role.MEDIUM : Role.BACKING);
    if (!told && !format.equals("raw") && !medium) {
      incomplete.add(target);
    }
  }

  private boolean names(String attribute) {
    return List.of("file", "dev", "dir", "name", "protocol", "volume", "path").contains(attribute);
  }

  /** Follows backingStore; returns whether the XML says where the chain ends. */
  private boolean chain(Xml disk, String target, Role role) {
    Optional<Xml> next = disk.first("backingStore");
    for (int depth = 0; next.isPresent(); depth++) {
      Xml store = next.get();
      if (store.first("source").isEmpty()) {
        return true;
      }
      if (depth >= MAX_CHAIN) {
        throw new Undetermined("the backing chain of disk " + target + " has no end");
      }
      add(store, target, role, store.attribute("format", "type").orElse("raw"), true);
      dataStore(store.first("source").get(), target, role, true);
      next = store.first("backingStore");
      if (next.isEmpty()) {
        // libvirt leaves the terminator out below a raw image, which has nothing below it.
        return true;
      }
    }
    return false;
  }

  /** A qcow2 image may keep its data in a raw file of its own. */
  private void dataStore(Xml source, String target, Role role, boolean readOnly) {
    for (Xml store : source.all("dataStore")) {
      add(store, target, role, "raw", readOnly);
    }
  }

  private void add(Xml holder, String target, Role role, String format, boolean readOnly) {
    Xml source = holder.first("source").orElse(new Xml("source", Map.of(), List.of(), ""));
    String type = holder.attribute("type").orElse("file");
    Optional<String> path = Optional.empty();
    Optional<Network> network = Optional.empty();
    List<String> secrets = secrets(source, holder);
    switch (type) {
      case "file" -> path = source.attribute("file");
      case "block" -> path = source.attribute("dev");
      case "dir" -> path = source.attribute("dir");
      case "network" -> network = Optional.of(network(source));
      case "volume" -> {
        Volume volume = volume(source);
        path = volume.path();
        network = volume.network();
        secrets.addAll(volume.secrets());
      }
      // The socket of the process that serves the disk.
      case "vhostuser" ->
          network =
              source
                  .attribute("path")
                  .map(p -> new Network("vhost-user", p, List.of(), List.of(p), true));
      default -> {
        // nvme, vhostvdpa: judged by their type
      }
    }
    boolean keep =
        source.all("seclabel").stream()
            .filter(s -> s.attr("model").isEmpty() || s.attr("model").equals("dac"))
            .anyMatch(s -> s.attr("relabel").equals("no"));
    images.add(
        new Image(
            target,
            role,
            type,
            path,
            network,
            format,
            readOnly,
            relabel && !keep,
            secrets,
            source.attr("startupPolicy")));
  }

  private static Network network(Xml source) {
    String protocol = source.attr("protocol");
    List<Server> hosts = new ArrayList<>();
    for (Xml host : source.all("host")) {
      host.attribute("name")
          .ifPresent(
              name ->
                  hosts.add(
                      new Server(
                          name, host.attribute("port").orElse(PORTS.getOrDefault(protocol, "")))));
    }
    List<String> sockets =
        source.all("host").stream()
            .filter(h -> h.attr("transport").equals("unix"))
            .flatMap(h -> h.attribute("socket").stream())
            .toList();
    boolean special =
        source.attr("tls").equals("yes")
            || source.attribute("query").isPresent()
            || source.all("host").stream().anyMatch(h -> h.attr("transport").equals("rdma"))
            || List.of("ssl", "cookies", "slices", "initiator", "knownHosts", "identity").stream()
                .anyMatch(e -> source.first(e).isPresent());
    return new Network(protocol, source.attr("name"), hosts, sockets, special);
  }

  private static List<String> secrets(Xml source, Xml holder) {
    List<String> secrets = new ArrayList<>();
    for (Xml parent : List.of(source, holder)) {
      parent.all("auth/secret").forEach(s -> secrets.add(secret(s)));
      parent.all("encryption/secret").forEach(s -> secrets.add(secret(s)));
    }
    return secrets;
  }

  private static String secret(Xml secret) {
    return secret
        .attribute("uuid")
        .map(uuid -> "uuid " + uuid)
        .orElse(secret.attr("type") + " " + secret.attr("usage"));
  }

  /** Where a volume of a pool is: a path, or a place on the network. */
  private record Volume(Optional<String> path, Optional<Network> network, List<String> secrets) {}

  private Volume volume(Xml source) {
    String name = source.attr("pool");
    String volume = source.attr("volume");
    Pools.Pool pool =
        pools
            .named(name)
            .orElseThrow(
                () -> new Undetermined("storage pool " + name + " of a disk is not known"));
    Optional<String> path = pool.volume(volume);
    if (path.isPresent()) {
      return new Volume(path, Optional.empty(), List.of());
    }
    List<Server> hosts = new ArrayList<>();
    for (Xml host : pool.xml().all("source/host")) {
      String port =
          host.attribute("port")
              .filter(p -> !p.equals("0"))
              .orElse(PORTS.getOrDefault(protocol(pool), ""));
      hosts.add(new Server(host.attr("name"), port));
    }
    if (hosts.isEmpty() && !pool.type().equals("rbd")) {
      throw new Undetermined(
          "the path of volume " + volume + " in storage pool " + name + " is not known",
          "Start the pool: virsh pool-start " + name);
    }
    List<String> secrets = new ArrayList<>();
    pool.xml().all("source/auth/secret").forEach(s -> secrets.add(secret(s)));
    String inPool = pool.xml().textAt("source/name").orElse("") + "/" + volume;
    return new Volume(
        Optional.empty(),
        Optional.of(new Network(protocol(pool), inPool, hosts, List.of(), true)),
        secrets);
  }

  private static String protocol(Pools.Pool pool) {
    return pool.type().equals("iscsi-direct") ? "iscsi" : pool.type();
  }

  /**
   * QEMU opens these at every start, also when it waits for an incoming migration. libvirt makes
   * QEMU's user their owner, but for the loader (security_dac.c, virSecurityDACSetAllLabel).
   */
  private void boot(Xml domain) {
    for (String what : List.of("kernel", "initrd", "dtb", "loader")) {
      domain
          .textAt("os/" + what)
          .filter(p -> p.startsWith("/"))
          .ifPresent(
              p ->
                  images.add(
                      new Image(
                          what,
                          Role.BOOT,
                          "file",
                          Optional.of(p),
                          Optional.empty(),
                          "raw",
                          true,
                          relabel && !what.equals("loader"),
                          List.of(),
                          "")));
    }
  }
}
