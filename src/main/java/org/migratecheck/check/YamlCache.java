package org.migratecheck.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sound YAML texts of earlier runs as JSON, which is read many times faster. A text is known by its
 * SHA-256, so an edited file is never mistaken for what it was. A cache that cannot be read or
 * written is an empty one: it decides how long a start takes, and nothing else.
 */
public final class YamlCache {
  private static final String FILE = "checks.cache";
  private static final String FIRST_LINE = "migrate-check: YAML texts as JSON, 1\n";
  private static final int DIGEST_CHARS = 64;
  private static final long MAX_BYTES = 16 << 20;

  private final Optional<Path> file;
  private final Map<String, String> earlier = new ConcurrentHashMap<>();
  private final Map<String, String> used = new ConcurrentHashMap<>();
  private volatile boolean grown;

  private YamlCache(Optional<Path> file) {
    this.file = file;
  }

  /** Returns a cache that keeps nothing. */
  public static YamlCache none() {
    return new YamlCache(Optional.empty());
  }

  /**
   * Opens the cache of a directory of this user's own, which must exist for anything to be kept.
   */
  public static YamlCache in(Path directory) {
    YamlCache cache = new YamlCache(Optional.of(directory.resolve(FILE)));
    cache.read(directory.resolve(FILE));
    return cache;
  }

  private void read(Path from) {
    try {
      if (!Files.isRegularFile(from) || Files.size(from) > MAX_BYTES) {
        return;
      }
      String text = Files.readString(from);
      // The last character of a whole file ends a line.
      if (text.startsWith(FIRST_LINE) && text.endsWith("\n")) {
        text.substring(FIRST_LINE.length())
            .lines()
            .filter(line -> line.length() > DIGEST_CHARS)
            .forEach(
                line -> earlier.put(line.substring(0, DIGEST_CHARS), line.substring(DIGEST_CHARS)));
      }
    } catch (IOException e) {
      earlier.clear();
    }
  }

  /** Returns the JSON of a text that was sound in an earlier run. */
  Optional<String> find(byte[] yaml) {
    if (earlier.isEmpty()) {
      return Optional.empty();
    }
    String digest = digest(yaml);
    Optional<String> json = Optional.ofNullable(earlier.get(digest));
    json.ifPresent(found -> used.put(digest, found));
    return json;
  }

  /**
   * Keeps a sound text for later runs.
   *
   * @param json the same content as JSON without line breaks
   */
  void keep(byte[] yaml, String json) {
    if (file.isPresent()) {
      used.put(digest(yaml), json);
      grown = true;
    }
  }

  /** Writes what this run used, if there is something new in it. */
  public void save() {
    if (!grown || file.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder(FIRST_LINE);
    used.forEach((digest, json) -> text.append(digest).append(json).append('\n'));
    try {
      Path part = Files.createTempFile(file.get().getParent(), "checks", ".part");
      try {
        Files.writeString(part, text);
        Files.move(part, file.get(), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      // The next run reads YAML again.
    }
  }

  private static String digest(byte[] content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
