package org.migratecheck.check.storage;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.storage.BlockDevice;
import org.migratecheck.facts.storage.BlockDevices;
import org.migratecheck.facts.storage.FileSystem;
import org.migratecheck.facts.storage.Gfs2;
import org.migratecheck.facts.storage.Mount;
import org.migratecheck.facts.storage.PathState;
import org.migratecheck.facts.storage.PathState.FileState;
import org.migratecheck.facts.storage.Transport;

/**
 * Where a path leads on one host: the file or device, and the storage below it. Block devices are
 * looked at only when asked for, so that a file on NFS needs no evidence of them.
 *
 * @param host the host's facts
 * @param state what is at the path
 */
record Place(HostFacts host, PathState state) {

  /**
   * Returns the file or device.
   *
   * @throws Undetermined when there is none that could be looked at
   */
  FileState file() {
    return state
        .file()
        .orElseThrow(
            () ->
                switch (state.answer()) {
                  case HANGS ->
                      new Undetermined(
                          host.name() + ": " + state.path() + " does not answer",
                          "Look at the storage behind it.");
                  default ->
                      new Undetermined(
                          host.name()
                              + ": "
                              + state.path()
                              + " could not be looked at: "
                              + state.problem());
                });
  }

  /** Returns the mount that holds the path, or would hold it. */
  Mount mount() {
    return state
        .mount()
        .orElseThrow(
            () ->
                new Undetermined(
                    host.name()
                        + ": it is not known on which file system "
                        + state.path()
                        + " is"));
  }

  FileSystem fileSystem() {
    return mount().fileSystem();
  }

  /** Returns whether the path is a block device. */
  boolean block() {
    return file().block();
  }

  BlockDevices devices() {
    return host.get(BlockDevices.FACT);
  }

  /** Returns the block device that the path is, or on which its cluster file system lies. */
  Optional<BlockDevice> device() {
    String number;
    if (block()) {
      number = file().rdev();
    } else if (fileSystem().onBlockDevice()) {
      number = mount().device();
    } else {
      return Optional.empty();
    }
    return Optional.of(
        devices()
            .numbered(number)
            .orElseThrow(
                () ->
                    new Undetermined(
                        host.name()
                            + ": nothing is known of block device "
                            + number
                            + " of "
                            + state.path())));
  }

  /** Returns how the bytes of the device travel; empty for a file that lies on none. */
  Set<Transport> transports() {
    return device().map(d -> devices().transports(d)).orElse(Set.of());
  }

  /** Returns the physical devices below the path. */
  List<BlockDevice> bottoms() {
    return device().map(d -> devices().bottoms(d)).orElse(List.of());
  }

  /** Returns the mounted GFS2 file system that holds the path. */
  Optional<Gfs2.Mounted> gfs2() {
    return host.get(Gfs2.FACT).on(mount().device());
  }

  /** Returns where the path leads, for people. */
  String where() {
    if (!state.present()) {
      return switch (state.answer()) {
        case MISSING -> "missing";
        case HANGS -> "does not answer";
        default -> state.problem();
      };
    }
    return block() ? blockWhere() : fileWhere();
  }

  private String blockWhere() {
    BlockDevice device = device().orElseThrow();
    return DeviceIdentity.of(device, devices()).map(DeviceIdentity::text).orElse("no identity")
        + ", "
        + transports().stream().map(Transport::label).collect(Collectors.joining(" and "))
        + ", "
        + device.path()
        + ", "
        + device.bytes()
        + " bytes"
        + (device.readOnly() ? ", read-only" : "");
  }

  private String fileWhere() {
    Mount mount = mount();
    String kind =
        fileSystem() == FileSystem.LOCAL || fileSystem() == FileSystem.OTHER_NETWORK
            ? fileSystem().label() + " " + mount.type()
            : fileSystem().label();
    return kind
        + " "
        + mount.source()
        + " on "
        + mount.target()
        + ", inode "
        + Long.toUnsignedString(file().inode())
        + ", "
        + file().size()
        + " bytes";
  }
}
