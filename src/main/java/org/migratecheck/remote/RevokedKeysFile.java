package org.migratecheck.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.migratecheck.model.HostFailure.Kind;
import org.migratecheck.model.Printable;

/** RevokedHostKeys of ssh_config(5): a list of public keys, one on each line. */
final class RevokedKeysFile {
  private static final long MAX_BYTES = 16L << 20;
  private static final String BINARY_MAGIC = "SSHKRL\n";

  private RevokedKeysFile() {}

  /**
   * Returns the revoked keys, none where no file is configured.
   *
   * @throws ConnectionException when the file is missing or is a binary revocation list, which only
   *     OpenSSH reads: like ssh, nothing is trusted then
   */
  static List<KnownHostsLine> read(SshSettings settings) throws ConnectionException {
    if (settings.revokedKeys().isEmpty()) {
      return List.of();
    }
    Path file = settings.revokedKeys().get();
    String text;
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IOException("too large");
      }
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw cannotTell(settings, file, "cannot be read: " + e.getMessage());
    }
    if (text.startsWith(BINARY_MAGIC)) {
      throw cannotTell(settings, file, "is a binary list, which migrate-check does not read");
    }
    List<KnownHostsLine> lines = new ArrayList<>();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      KnownHostsLine.parse(file, number, "@revoked * " + line.strip()).ifPresent(lines::add);
    }
    return lines;
  }

  private static ConnectionException cannotTell(SshSettings settings, Path file, String why) {
    return Failures.of(
        Kind.OTHER,
        Printable.line(
            settings.typed() + ": RevokedHostKeys " + file + " of the ssh configuration " + why,
            400),
        "");
  }
}
