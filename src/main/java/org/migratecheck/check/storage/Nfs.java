package org.migratecheck.check.storage;

import java.util.Optional;
import org.migratecheck.facts.storage.Mount;

/** Reads NFS mounts (nfs(5)). */
final class Nfs {
  private Nfs() {}

  /** Returns the server as it was named when mounting. */
  static String server(Mount mount) {
    String source = mount.source();
    int end = source.startsWith("[") ? source.indexOf("]:") + 1 : Math.max(source.indexOf(":/"), 0);
    return source.substring(0, Math.max(end, 0));
  }

  /** Returns the exported directory that was mounted. */
  static String export(Mount mount) {
    String rest = mount.source().substring(server(mount).length());
    String path = rest.startsWith(":") ? rest.substring(1) : rest;
    return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** Returns the server's address that the kernel talks to. */
  static Optional<String> address(Mount mount) {
    return mount.value("addr");
  }

  /** Returns whether two mounts talk to the same server: one address, or one name if unknown. */
  static boolean sameServer(Mount a, Mount b) {
    Optional<String> first = address(a);
    Optional<String> second = address(b);
    return first.isPresent() && second.isPresent()
        ? first.get().equalsIgnoreCase(second.get())
        : server(a).equalsIgnoreCase(server(b));
  }

  /** Returns whether the server gave its file system an identity; the root of version 4 has 0:0. */
  static boolean told(String fsid) {
    return !fsid.matches("0+:0+");
  }

  /**
   * Returns whether an identity is made from the file system's UUID. A small number was written by
   * hand (exports(5), fsid=) and may be there on every server.
   */
  static boolean unique(String fsid) {
    return fsid.replaceFirst(":0+$", "").replaceFirst("^0+", "").length() > 8;
  }

  /** Returns the protocol version, such as {@code 4.2}. */
  static String version(Mount mount) {
    return mount.value("vers", "nfsvers").orElse(mount.type().equals("nfs4") ? "4" : "3");
  }

  /** Returns the protocol's major version. */
  static String major(Mount mount) {
    return version(mount).replaceFirst("\\..*", "");
  }
}
