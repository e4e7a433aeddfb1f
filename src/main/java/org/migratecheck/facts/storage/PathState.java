package org.migratecheck.facts.storage;

import java.util.List;
import java.util.Optional;

/**
 * What a path is on one host.
 *
 * @param path the path as the guest names it
 * @param answer whether it could be looked at
 * @param problem the words of the system when the answer is {@link Answer#ERROR}; else empty
 * @param real the path without symbolic links
 * @param mounts the mounts on the way to it
 * @param nfsVolumes the identities that NFS servers gave their file systems
 * @param file what is there; empty unless the answer is {@link Answer#PRESENT}
 * @param space the room on its file system; empty when that is not known
 */
public record PathState(
    String path,
    Answer answer,
    String problem,
    String real,
    Mounts mounts,
    List<NfsVolume> nfsVolumes,
    Optional<FileState> file,
    Optional<Space> space) {
  /** Copies the list. */
  public PathState {
    nfsVolumes = List.copyOf(nfsVolumes);
  }

  /** Whether a path could be looked at. */
  public enum Answer {
    /** Something is there. */
    PRESENT,
    /** Nothing is there. */
    MISSING,
    /** The system answered with another error, such as a stale file handle. */
    ERROR,
    /** The storage did not answer before the deadline. */
    HANGS
  }

  /**
   * A file system as an NFS server named it to the kernel ({@code /proc/fs/nfsfs/volumes}).
   *
   * @param server the server's address in hexadecimal digits
   * @param device the number under which the kernel knows the mount
   * @param fsid the server's identity of the file system
   */
  public record NfsVolume(String server, String device, String fsid) {}

  /**
   * A file, directory or device, links followed (stat(2)).
   *
   * @param type as stat(1) names it, such as {@code regular file} or {@code block special file}
   * @param inode the inode number
   * @param size the size in bytes; 0 for a device
   * @param uid the owner
   * @param gid the owning group
   * @param mode the permissions, octal
   * @param device the number of the file system that holds it
   * @param rdev the number of the device that it is; {@code 0:0} for what is none
   * @param magic the file system's magic number, hexadecimal (statfs(2))
   * @param fsid the file system's identity as statfs(2) tells it, hexadecimal; often 0
   * @param modified when it was modified last, seconds since 1970
   * @param asRoot what root may do: {@code e} reach, {@code r} read, {@code w} write
   * @param asQemu what QEMU's user of the destination may do; empty when it was not tried
   * @param digest SHA-256 of its first 64 KiB; empty when they could not be read
   * @param direct whether they could be read past the page cache; empty when that was not tried
   */
  public record FileState(
      String type,
      long inode,
      long size,
      long uid,
      long gid,
      String mode,
      String device,
      String rdev,
      String magic,
      String fsid,
      long modified,
      String asRoot,
      Optional<String> asQemu,
      Optional<String> digest,
      Optional<Boolean> direct) {
    /** Returns whether it is a file. */
    public boolean regular() {
      return type.startsWith("regular");
    }

    /** Returns whether it is a block device. */
    public boolean block() {
      return type.startsWith("block");
    }
  }

  /**
   * The room on a file system.
   *
   * @param free bytes that users other than root may still write
   * @param total its size in bytes
   */
  public record Space(long free, long total) {}

  /** Returns the mount that holds the path, or would hold it. */
  public Optional<Mount> mount() {
    return mounts.holding(real);
  }

  /** Returns whether something is there. */
  public boolean present() {
    return answer == Answer.PRESENT;
  }

  /** Returns whether a block device is there. */
  public boolean block() {
    return file.map(FileState::block).orElse(false);
  }

  /** Returns the server's identity of the NFS file system that holds the path. */
  public Optional<NfsVolume> nfsVolume() {
    return file.flatMap(
        f -> nfsVolumes.stream().filter(v -> v.device().equals(f.device())).findFirst());
  }
}
