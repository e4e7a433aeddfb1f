package org.migratecheck.facts.storage;

import java.util.List;
import java.util.Optional;

/**
 * One thing that a guest's XML names and that QEMU opens: the image of a disk, an image below it in
 * the backing chain, a medium in a drive, or a file that the guest boots from.
 *
 * @param target the disk's name in the guest, such as {@code vda}; for boot files what they are
 * @param role what it is to the guest
 * @param type the XML's type: {@code file}, {@code block}, {@code dir}, {@code network}, ...
 * @param path its path; empty for what has none
 * @param network where it is on the network; empty for what has a path
 * @param format the image format, such as {@code qcow2}
 * @param readOnly whether the guest cannot write to it
 * @param relabel whether libvirt may change its owner
 * @param secrets secrets that libvirt must know, as {@code uuid UUID} or {@code TYPE USAGE}
 * @param startupPolicy {@code optional}, {@code requisite}, {@code mandatory} or empty
 */
public record Image(
    String target,
    Role role,
    String type,
    Optional<String> path,
    Optional<Network> network,
    String format,
    boolean readOnly,
    boolean relabel,
    List<String> secrets,
    String startupPolicy) {
  /** Copies the list. */
  public Image {
    secrets = List.copyOf(secrets);
  }

  /** What an image is to the guest. */
  public enum Role {
    /** The image that the guest writes to. */
    DISK,
    /** An image below it in the backing chain. */
    BACKING,
    /** A medium in a CD-ROM or floppy drive. */
    MEDIUM,
    /** A kernel, initial RAM disk, device tree or firmware. */
    BOOT
  }

  /**
   * A disk that QEMU reaches over the network by itself.
   *
   * @param protocol such as {@code iscsi}, {@code nfs}, {@code rbd}
   * @param name the image's name in that protocol
   * @param hosts its servers
   * @param sockets paths of local sockets through which it is reached instead
   * @param special whether opening it takes more than its name: TLS, cookies, a query, an offset
   */
  public record Network(
      String protocol, String name, List<Server> hosts, List<String> sockets, boolean special) {
    /** Copies the list. */
    public Network {
      hosts = List.copyOf(hosts);
      sockets = List.copyOf(sockets);
    }
  }

  /**
   * A storage server.
   *
   * @param name its name or address
   * @param port its TCP port
   */
  public record Server(String name, String port) {}

  /** Returns whether it is a disk's image or below one: what must be on shared storage. */
  public boolean needsSharing() {
    return role == Role.DISK || role == Role.BACKING;
  }

  /** Returns how to name it to people. */
  public String label() {
    String where =
        path.orElseGet(
            () -> network.map(n -> n.protocol() + ":" + n.name()).orElse("without a source"));
    return target + " " + where;
  }
}
