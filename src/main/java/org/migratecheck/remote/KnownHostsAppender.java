package org.migratecheck.remote;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Stores the key of a host that was never seen, for {@code StrictHostKeyChecking accept-new}: one
 * line at the end of the user's first known_hosts file, in one write under a lock; nothing that is
 * there is touched.
 */
final class KnownHostsAppender {
  /** File locks do not exclude threads of one process. */
  private static final Object IN_THIS_PROCESS = new Object();

  private static final int SALT = 20;

  private KnownHostsAppender() {}

  /**
   * Appends {@code key} as the key of the settings' host, unless another process or thread has
   * stored one meanwhile.
   *
   * @return how {@code key} is to be judged afterwards
   * @throws IOException when it cannot be stored
   */
  static HostKeys.Judgement append(SshSettings settings, KnownHosts known, SshPublicKey key)
      throws IOException {
    if (settings.userKnownHosts().isEmpty()) {
      throw new IOException("UserKnownHostsFile is none");
    }
    Path file = settings.userKnownHosts().get(0);
    createDirectory(file);
    synchronized (IN_THIS_PROCESS) {
      try (FileChannel channel =
              FileChannel.open(
                  file,
                  Set.of(
                      StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
                  PosixFilePermissions.asFileAttribute(
                      PosixFilePermissions.fromString("rw-------")));
          FileLock lock = channel.lock()) {
        HostKeys.Judgement now = known.lookup(settings, new ArrayList<>()).judge(key);
        if (now.trust() != HostKeys.Trust.UNKNOWN || !lock.isValid()) {
          return now;
        }
        String line = (endsInsideLine(channel) ? "\n" : "") + line(settings, key);
        channel.position(channel.size());
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
      return known.lookup(settings, new ArrayList<>()).judge(key);
    }
  }

  private static void createDirectory(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null && !Files.isDirectory(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  private static boolean endsInsideLine(FileChannel channel) throws IOException {
    if (channel.size() == 0) {
      return false;
    }
    ByteBuffer last = ByteBuffer.allocate(1);
    channel.read(last, channel.size() - 1);
    return last.get(0) != '\n';
  }

  private static String line(SshSettings settings, SshPublicKey key) {
    String name = settings.knownName();
    if (settings.hashKnownHosts()) {
      byte[] salt = new byte[SALT];
      new SecureRandom().nextBytes(salt);
      name = KnownHostsLine.hashedName(salt, name);
    }
    return String.join(" ", List.of(name, key.type(), key.base64())) + "\n";
  }
}
