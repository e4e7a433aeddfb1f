package org.migratecheck.check.storage;

/** Whether two hosts mean the same storage when they name the same path. */
enum Sameness {
  /** Proven to be the same. */
  SAME(false, false),
  /** Nothing speaks against it, but the evidence is no proof. */
  UNPROVEN(false, true),
  /** As {@link #UNPROVEN}: all agrees but the server's address. */
  UNPROVEN_SERVER(false, true),
  /** As {@link #UNPROVEN}: one host serves to the other what it has itself. */
  SERVED(false, true),
  /** One is a file, the other a device. */
  OTHER_TYPE(true, false),
  /** The destination has a file of its own there. */
  LOCAL_THERE(true, false),
  /** The source has a file of its own there. */
  LOCAL_HERE(true, false),
  /** Each host has a file of its own there. */
  BOTH_LOCAL(true, false),
  /** The file systems are different ones. */
  OTHER_FILE_SYSTEM(true, false),
  /** Another file of the same file system. */
  OTHER_FILE(true, false),
  /** Another block device. */
  OTHER_DEVICE(true, false);

  private final boolean different;
  private final boolean unproven;

  Sameness(boolean different, boolean unproven) {
    this.different = different;
    this.unproven = unproven;
  }

  /** Returns whether the two are proven to be different. */
  boolean different() {
    return different;
  }

  /** Returns whether the two may be the same or not. */
  boolean unproven() {
    return unproven;
  }

  /** Returns the kind of problem in check files. */
  String kind() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
