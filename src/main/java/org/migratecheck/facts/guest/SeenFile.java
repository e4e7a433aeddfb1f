package org.migratecheck.facts.guest;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.Printable;

/**
 * What one path is on one host, links followed.
 *
 * @param path the path as the guest names it
 * @param present whether something is there
 * @param type as stat(1) names it, such as {@code regular file}; empty where nothing is
 * @param size the size in bytes
 * @param digest SHA-256 of the first 16 MiB of a regular file; empty when it could not be read
 * @param rights what QEMU's user of the destination may do there: {@code x} pass and {@code w}
 *     write in a directory, {@code r} read something else; empty when it was not tried
 * @param unknown why it is not known what is there; empty when it is
 */
public record SeenFile(
    String path,
    boolean present,
    String type,
    long size,
    Optional<String> digest,
    Optional<String> rights,
    String unknown) {
  private static final Pattern STAT =
      Pattern.compile("([a-z ]{1,40})\\|([0-9]{1,18})\\|[0-9]+:[0-9]+");
  private static final Pattern SHA = Pattern.compile("[0-9a-f]{64}");

  /** Returns whether a regular file is there. */
  public boolean regular() {
    return type.startsWith("regular");
  }

  /** Returns whether QEMU's user can read what is no directory; true where it was not tried. */
  public boolean readable() {
    return rights.orElse("r").contains("r");
  }

  /** Returns whether a directory is there. */
  public boolean directory() {
    return type.equals("directory");
  }

  /** Returns a path about which nothing is known, and why. */
  static SeenFile unknown(String path, String why) {
    return new SeenFile(path, false, "", 0, Optional.empty(), Optional.empty(), why);
  }

  /** Reads the lines of one path, the first of which names it. */
  static SeenFile parse(String host, List<String> lines) {
    if (lines.isEmpty() || !lines.get(0).startsWith("path /")) {
      throw new Undetermined(host + ": a path of a guest was not told whole");
    }
    String path = lines.get(0).substring("path ".length());
    String type = "";
    long size = 0;
    boolean missing = false;
    Optional<String> digest = Optional.empty();
    Optional<String> rights = Optional.empty();
    for (String line : lines.subList(1, lines.size())) {
      String[] words = line.split(" ", 2);
      String value = words.length > 1 ? words[1] : "";
      switch (words[0]) {
        case "missing" -> missing = true;
        case "error" -> {
          return unknown(path, host + ": " + path + " cannot be looked at: " + value);
        }
        case "stat" -> {
          Matcher stat = STAT.matcher(value);
          if (!stat.matches()) {
            throw Lines.unreadable(host, "guest-files", line);
          }
          type = stat.group(1);
          size = Long.parseLong(stat.group(2));
        }
        case "sha256" -> digest = Optional.of(value).filter(v -> SHA.matcher(v).matches());
        case "rights" -> rights = Optional.of(value).filter(v -> v.matches("r?x?w?"));
        default -> throw Lines.unreadable(host, "guest-files", line);
      }
    }
    if (type.isEmpty() != missing) {
      throw new Undetermined(host + ": what is at " + Printable.line(path) + " was not told whole");
    }
    return new SeenFile(path, !missing, type, size, digest, rights, "");
  }
}
