package org.migratecheck.check.storage;

import java.util.Optional;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.network.Address;
import org.migratecheck.facts.storage.BlockDevice;
import org.migratecheck.facts.storage.FileSystem;
import org.migratecheck.facts.storage.Gfs2;
import org.migratecheck.facts.storage.Mount;
import org.migratecheck.facts.storage.PathState.FileState;
import org.migratecheck.facts.storage.PathState.NfsVolume;
import org.migratecheck.facts.storage.Transport;

/**
 * Compares what one path leads to on two hosts.
 *
 * <p>A running guest writes between the two looks: an unequal digest alone is no proof of
 * difference, and an equal one no proof of sameness. Identities decide; size and digest only
 * support where identities cannot.
 */
final class SameStorage {
  private static final long ATTRIBUTE_CACHE_SECONDS = 90;

  private SameStorage() {}

  /** Compares two places at which something is. */
  static Sameness compare(Place source, Place destination) {
    if (source.block() != destination.block()) {
      return Sameness.OTHER_TYPE;
    }
    return source.block() ? devices(source, destination) : files(source, destination);
  }

  private static Sameness devices(Place source, Place destination) {
    Optional<DeviceIdentity> here = identity(source);
    Optional<DeviceIdentity> there = identity(destination);
    if (here.isPresent() && there.isPresent() && here.get().kind().equals(there.get().kind())) {
      return here.equals(there) ? Sameness.SAME : Sameness.OTHER_DEVICE;
    }
    if (local(source) && local(destination)) {
      return Sameness.BOTH_LOCAL;
    }
    if (local(destination)) {
      return Sameness.LOCAL_THERE;
    }
    if (local(source)) {
      return Sameness.LOCAL_HERE;
    }
    if (bytes(source) != bytes(destination)) {
      return Sameness.OTHER_DEVICE;
    }
    return Sameness.UNPROVEN;
  }

  private static Optional<DeviceIdentity> identity(Place place) {
    return place.device().flatMap(d -> DeviceIdentity.of(d, place.devices()));
  }

  private static boolean local(Place place) {
    return place.transports().contains(Transport.LOCAL);
  }

  private static long bytes(Place place) {
    return place.device().map(BlockDevice::bytes).orElse(-1L);
  }

  private static Sameness files(Place source, Place destination) {
    FileSystem here = source.fileSystem();
    FileSystem there = destination.fileSystem();
    if (here != there) {
      if (serves(source, destination) || serves(destination, source)) {
        return Sameness.SERVED;
      }
      if (!there.shared()) {
        return Sameness.LOCAL_THERE;
      }
      return here.shared() ? Sameness.OTHER_FILE_SYSTEM : Sameness.LOCAL_HERE;
    }
    return switch (here) {
      case LOCAL, AUTOFS -> Sameness.BOTH_LOCAL;
      case NFS -> nfs(source, destination);
      case GFS2, OCFS2 -> cluster(source, destination);
      case CEPHFS, GPFS -> byFsid(source, destination);
      case GLUSTERFS -> gluster(source, destination);
      case SMB -> smb(source, destination);
      case OTHER_NETWORK -> other(source, destination);
    };
  }

  /**
   * Whether one host mounts by NFS what the other has on a file system of its own: the server's
   * address is the other host's, and its inode numbers are those that the client sees.
   */
  private static boolean serves(Place server, Place client) {
    if (server.fileSystem() != FileSystem.LOCAL || client.fileSystem() != FileSystem.NFS) {
      return false;
    }
    Optional<String> address = Nfs.address(client.mount());
    return address.isPresent()
        && sameInode(server, client)
        && alike(server.file(), client.file())
        && name(server.state().real()).equals(name(client.state().real()))
        && server.host().get(Address.FACT).stream()
            .anyMatch(a -> a.address().equalsIgnoreCase(address.get()));
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /**
   * The same size, and modified at about the same time: the clocks of two file systems that are
   * written to independently do not agree for long. Clients see times late by up to acregmax, 60 s.
   */
  private static boolean alike(FileState a, FileState b) {
    return a.size() == b.size() && Math.abs(a.modified() - b.modified()) <= ATTRIBUTE_CACHE_SECONDS;
  }

  private static boolean sameInode(Place a, Place b) {
    return a.file().inode() == b.file().inode();
  }

  private static Sameness nfs(Place source, Place destination) {
    if (!sameInode(source, destination)) {
      return Sameness.OTHER_FILE;
    }
    Mount here = source.mount();
    Mount there = destination.mount();
    Optional<String> fsidHere = fsid(source);
    Optional<String> fsidThere = fsid(destination);
    boolean fsidsKnown = fsidHere.isPresent() && fsidThere.isPresent();
    boolean sameVersion = Nfs.major(here).equals(Nfs.major(there));
    boolean alike = alike(source.file(), destination.file());
    if (fsidsKnown && !fsidHere.equals(fsidThere)) {
      // Version 3 has another form of the identity than version 4.
      return sameVersion || !alike ? Sameness.OTHER_FILE_SYSTEM : Sameness.UNPROVEN;
    }
    if (Nfs.sameServer(here, there)) {
      if (fsidsKnown || remote(source).equals(remote(destination))) {
        return Sameness.SAME;
      }
      // Two exports of one server may well have a file of the same number.
      return sameVersion || !alike ? Sameness.OTHER_FILE : Sameness.UNPROVEN;
    }
    if (fsidHere.filter(Nfs::unique).isPresent() && fsidThere.isPresent()) {
      return Sameness.UNPROVEN_SERVER;
    }
    if (alike) {
      return Sameness.UNPROVEN_SERVER;
    }
    throw new Undetermined(
        "it cannot be told whether "
            + source.state().path()
            + " is the same file on both hosts: they talk to different addresses of NFS servers",
        "Mount it by the same address on both hosts.");
  }

  private static Optional<String> fsid(Place place) {
    return place.state().nfsVolume().map(NfsVolume::fsid).filter(Nfs::told);
  }

  private static String remote(Place place) {
    return Nfs.export(place.mount()) + place.mount().inside(place.state().real());
  }

  private static Sameness cluster(Place source, Place destination) {
    Optional<DeviceIdentity> here = identity(source);
    Optional<DeviceIdentity> there = identity(destination);
    boolean comparable =
        here.isPresent() && there.isPresent() && here.get().kind().equals(there.get().kind());
    if (comparable && !here.equals(there)) {
      return Sameness.OTHER_DEVICE;
    }
    String uuidHere = uuid(source);
    String uuidThere = uuid(destination);
    boolean uuids = !uuidHere.isEmpty() && !uuidThere.isEmpty();
    if (uuids && !uuidHere.equals(uuidThere)) {
      return Sameness.OTHER_FILE_SYSTEM;
    }
    if (!sameInode(source, destination)) {
      return Sameness.OTHER_FILE;
    }
    return comparable || uuids ? Sameness.SAME : Sameness.UNPROVEN;
  }

  private static String uuid(Place place) {
    if (place.fileSystem() == FileSystem.GFS2) {
      return place.gfs2().map(Gfs2.Mounted::uuid).orElse("");
    }
    return place.device().map(BlockDevice::fsUuid).orElse("");
  }

  /** File systems whose cluster gives statfs(2) an identity of its own. */
  private static Sameness byFsid(Place source, Place destination) {
    String here = source.file().fsid();
    String there = destination.file().fsid();
    if (!here.equals(there)) {
      return Sameness.OTHER_FILE_SYSTEM;
    }
    if (!sameInode(source, destination)) {
      return Sameness.OTHER_FILE;
    }
    return here.matches("0+") ? Sameness.UNPROVEN : Sameness.SAME;
  }

  /** Any server of a Gluster pool may be named; inode numbers come from the files' own UUIDs. */
  private static Sameness gluster(Place source, Place destination) {
    if (!sameInode(source, destination)) {
      return Sameness.OTHER_FILE;
    }
    return volume(source.mount()).equals(volume(destination.mount()))
        ? Sameness.SAME
        : Sameness.UNPROVEN;
  }

  private static String volume(Mount mount) {
    return mount.source().substring(mount.source().lastIndexOf(':') + 1).replaceFirst("^/+", "");
  }

  private static Sameness smb(Place source, Place destination) {
    boolean serverInodes =
        !source.mount().has("noserverino") && !destination.mount().has("noserverino");
    if (!sameInode(source, destination)) {
      return serverInodes || source.file().size() != destination.file().size()
          ? Sameness.OTHER_FILE
          : Sameness.UNPROVEN;
    }
    return serverInodes
            && source.mount().source().equalsIgnoreCase(destination.mount().source())
            && Nfs.sameServer(source.mount(), destination.mount())
        ? Sameness.SAME
        : Sameness.UNPROVEN;
  }

  private static Sameness other(Place source, Place destination) {
    if (!source.mount().type().equals(destination.mount().type())) {
      return Sameness.OTHER_FILE_SYSTEM;
    }
    // FUSE file systems may give the same file another number on every host.
    boolean numbersTell = !source.mount().type().startsWith("fuse.");
    if (!sameInode(source, destination)
        && (numbersTell || !alike(source.file(), destination.file()))) {
      return Sameness.OTHER_FILE;
    }
    return Sameness.UNPROVEN;
  }
}
