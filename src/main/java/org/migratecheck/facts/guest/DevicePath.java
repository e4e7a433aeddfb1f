package org.migratecheck.facts.guest;

import java.util.List;

/**
 * A path of the host that a device of a guest names.
 *
 * @param need what the start of QEMU needs there
 * @param device what kind of device it is, in words
 * @param alias libvirt's name of the device; empty where it has none
 * @param path the path
 */
public record DevicePath(Need need, String device, String alias, String path) {
  /** What the start of QEMU needs at a path. */
  public enum Need {
    /** It must be there: a device, file, directory or the socket of another program. */
    OPENED,
    /** It must be there, and be readable for QEMU's user: libvirt does not give it that owner. */
    READ,
    /** It, or the pair {@code PATH.in} and {@code PATH.out}, must be there. */
    PIPE,
    /** It is created or appended to, so its directory must be there. */
    CREATED,
    /** A part of an argument for QEMU itself, which may be no path of the host at all. */
    PERHAPS
  }

  /** Returns the directory that holds it. */
  public String directory() {
    int slash = path.lastIndexOf('/');
    return slash == 0 ? "/" : path.substring(0, slash);
  }

  /** Returns the paths of which one must be there. */
  public List<String> wanted() {
    return switch (need) {
      case OPENED, READ, PERHAPS -> List.of(path);
      case PIPE -> List.of(path, path + ".in");
      case CREATED -> List.of(directory());
    };
  }
}
