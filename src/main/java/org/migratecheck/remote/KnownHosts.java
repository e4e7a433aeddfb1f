package org.migratecheck.remote;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.migratecheck.model.Printable;

/**
 * Reads known_hosts files, each once while it does not change, for all hosts of a run. It never
 * writes. May be used by many threads at once.
 */
final class KnownHosts {
  private static final long MAX_BYTES = 64L << 20;

  private record Content(FileTime modified, long size, List<KnownHostsLine> lines) {}

  private final Map<Path, Content> contents = new ConcurrentHashMap<>();

  /**
   * Returns what {@code settings}' files say about its host.
   *
   * @param notes takes a line for each file that is there and cannot be read
   */
  HostKeys lookup(SshSettings settings, List<String> notes) {
    List<KnownHostsLine> lines = new ArrayList<>();
    for (Path file : settings.userKnownHosts()) {
      lines.addAll(read(file, notes));
    }
    for (Path file : settings.globalKnownHosts()) {
      lines.addAll(read(file, notes));
    }
    String name = settings.knownName();
    // OpenSSH (check_host_key) also takes the key stored for the host's standard port.
    Optional<String> withoutPort =
        settings.port() != 22 && settings.hostKeyAlias().isEmpty()
            ? Optional.of(settings.hostName())
            : Optional.empty();
    return HostKeys.of(lines, name, withoutPort);
  }

  private List<KnownHostsLine> read(Path file, List<String> notes) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      Content content = contents.get(file);
      if (content == null
          || !content.modified.equals(attributes.lastModifiedTime())
          || content.size != attributes.size()) {
        content = parse(file, attributes);
        contents.put(file, content);
      }
      return content.lines;
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      notes.add(Printable.line(file + " cannot be read: " + e.getMessage(), 300));
      return List.of();
    }
  }

  private static Content parse(Path file, BasicFileAttributes attributes) throws IOException {
    if (attributes.size() > MAX_BYTES) {
      throw new IOException("larger than " + MAX_BYTES + " bytes");
    }
    List<KnownHostsLine> lines = new ArrayList<>();
    int number = 0;
    for (String line : Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", -1)) {
      number++;
      KnownHostsLine.parse(file, number, line).ifPresent(lines::add);
    }
    return new Content(attributes.lastModifiedTime(), attributes.size(), List.copyOf(lines));
  }
}
