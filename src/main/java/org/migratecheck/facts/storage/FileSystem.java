package org.migratecheck.facts.storage;

import java.util.Set;

/** Kinds of file systems, by what makes a file on them the same file on another host. */
public enum FileSystem {
  /** Network File System. */
  NFS("NFS"),
  /** Red Hat's cluster file system on a shared block device. */
  GFS2("GFS2"),
  /** Oracle's cluster file system on a shared block device. */
  OCFS2("OCFS2"),
  /** The Ceph file system, by the kernel's client. */
  CEPHFS("CephFS"),
  /** Gluster, by its FUSE client. */
  GLUSTERFS("GlusterFS"),
  /** Windows file sharing. */
  SMB("SMB"),
  /** IBM Storage Scale. */
  GPFS("GPFS"),
  /** Other file systems that several hosts can have mounted. */
  OTHER_NETWORK("network file system"),
  /** An automounter's empty directory. */
  AUTOFS("automounter"),
  /** A file system of one host alone. */
  LOCAL("local file system");

  private static final Set<String> OTHER =
      Set.of(
          "acfs",
          "afs",
          "beegfs",
          "lustre",
          "virtiofs",
          "9p",
          "coda",
          "orangefs",
          "pvfs2",
          "wekafs",
          "fuse.quobyte",
          "fuse.sshfs",
          "fuse.s3fs",
          "fuse.mfs",
          "fuse.moosefs",
          "fuse.lizardfs",
          "fuse.juicefs",
          "fuse.ceph",
          "fuse.ceph-fuse",
          "fuse.cephfs",
          "fuse.rclone",
          "fuse.davfs");

  private final String label;

  FileSystem(String label) {
    this.label = label;
  }

  /** Returns its name for people. */
  public String label() {
    return label;
  }

  /** Returns the kind of a file system type as the kernel writes it. */
  public static FileSystem of(String type) {
    return switch (type) {
      case "nfs", "nfs4" -> NFS;
      case "gfs2" -> GFS2;
      case "ocfs2" -> OCFS2;
      case "ceph" -> CEPHFS;
      case "fuse.glusterfs" -> GLUSTERFS;
      case "cifs", "smb3", "smbfs" -> SMB;
      case "gpfs" -> GPFS;
      case "autofs" -> AUTOFS;
      default -> OTHER.contains(type) ? OTHER_NETWORK : LOCAL;
    };
  }

  /** Returns whether several hosts can have the same one mounted. */
  public boolean shared() {
    return this != LOCAL && this != AUTOFS;
  }

  /** Returns whether it lies on a block device that every host must reach. */
  public boolean onBlockDevice() {
    return this == GFS2 || this == OCFS2;
  }
}
