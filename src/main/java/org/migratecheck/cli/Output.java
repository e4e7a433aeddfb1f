package org.migratecheck.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.migratecheck.model.Printable;

/** Files that the user asked for: whole or not there at all, readable by their owner alone. */
final class Output {
  private Output() {}

  /**
   * Finds out before a long run whether {@code file} can be written.
   *
   * @throws UsageException when it cannot
   */
  static void verify(Path file) throws UsageException {
    Path parent = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw new UsageException(Printable.line(file.toString()) + ": is a directory");
    }
    if (parent == null || !Files.isDirectory(parent)) {
      throw new UsageException(Printable.line(file.toString()) + ": there is no such directory");
    }
    boolean special = Files.exists(file) && !Files.isRegularFile(file);
    if (special ? !Files.isWritable(file) : !Files.isWritable(parent)) {
      throw new UsageException(Printable.line(file.toString()) + ": cannot be written");
    }
  }

  /**
   * Writes {@code text} to {@code file} by a temporary file and a rename, so that a reader never
   * sees half a report and a symbolic link is replaced, not followed. Devices are written directly.
   */
  static void write(Path file, String text) throws UsageException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try {
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        Files.write(file, bytes);
        return;
      }
      Path directory = file.toAbsolutePath().getParent();
      Path temporary =
          Files.createTempFile(
              directory,
              ".migrate-check",
              ".tmp",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try {
        Files.write(temporary, bytes);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new UsageException(
          Printable.line(file.toString()) + ": cannot be written: " + reason(e));
    }
  }

  private static String reason(IOException e) {
    String message = e.getMessage() == null ? "" : " " + Printable.line(e.getMessage());
    return e.getClass().getSimpleName().replace("Exception", "") + message;
  }
}
