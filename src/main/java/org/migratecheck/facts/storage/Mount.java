package org.migratecheck.facts.storage;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.migratecheck.facts.Undetermined;

/**
 * One mounted file system, a line of {@code /proc/PID/mountinfo} (proc(5)).
 *
 * @param id the mount's number
 * @param parent the number of the mount that it is mounted on
 * @param device major and minor number, such as {@code 0:45}
 * @param root the directory of the file system that is the root of this mount: more than {@code /}
 *     for a bind mount
 * @param target where it is mounted
 * @param type the file system type, such as {@code nfs4}
 * @param source what is mounted, such as {@code nas:/export}
 * @param options options of this mount
 * @param superOptions options of the file system itself
 */
public record Mount(
    int id,
    int parent,
    String device,
    String root,
    String target,
    String type,
    String source,
    List<String> options,
    List<String> superOptions) {
  /** Copies the lists. */
  public Mount {
    options = List.copyOf(options);
    superOptions = List.copyOf(superOptions);
  }

  /**
   * Reads a line of mountinfo.
   *
   * @throws Undetermined when it is none
   */
  static Mount parse(String host, String line) {
    String[] fields = line.split(" ", -1);
    int dash = Arrays.asList(fields).indexOf("-");
    if (dash < 6 || fields.length != dash + 4 || !fields[2].matches("[0-9]+:[0-9]+")) {
      throw Evidence.unreadable(host, "mountinfo", line);
    }
    try {
      return new Mount(
          Integer.parseInt(fields[0]),
          Integer.parseInt(fields[1]),
          fields[2],
          unescape(fields[3]),
          unescape(fields[4]),
          unescape(fields[dash + 1]),
          unescape(fields[dash + 2]),
          List.of(fields[5].split(",")),
          List.of(fields[dash + 3].split(",")));
    } catch (NumberFormatException e) {
      throw Evidence.unreadable(host, "mountinfo", line);
    }
  }

  /** The kernel writes space, tab, newline and backslash as three octal digits. */
  private static String unescape(String field) {
    if (field.indexOf('\\') < 0) {
      return field;
    }
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      if (field.charAt(i) == '\\' && field.substring(i + 1).matches("(?s)[0-3][0-7]{2}.*")) {
        out.append((char) Integer.parseInt(field.substring(i + 1, i + 4), 8));
        i += 3;
      } else {
        out.append(field.charAt(i));
      }
    }
    return out.toString();
  }

  /** Returns what kind of file system it is. */
  public FileSystem fileSystem() {
    return FileSystem.of(type);
  }

  /** Returns all options, of the mount and of the file system. */
  public List<String> allOptions() {
    return Stream.concat(options.stream(), superOptions.stream()).distinct().toList();
  }

  /** Returns whether an option without value is set. */
  public boolean has(String option) {
    return options.contains(option) || superOptions.contains(option);
  }

  /** Returns the value of the first of the options {@code NAME=VALUE} that is set. */
  public Optional<String> value(String... names) {
    for (String name : names) {
      for (String option : allOptions()) {
        if (option.startsWith(name + "=")) {
          return Optional.of(option.substring(name.length() + 1));
        }
      }
    }
    return Optional.empty();
  }

  /** Returns whether nothing can be written through it. */
  public boolean readOnly() {
    return has("ro");
  }

  /**
   * Returns the path inside the file system of {@code path}, which this mount must hold: the
   * mount's root followed by the rest of the path.
   */
  public String inside(String path) {
    String rest = target.equals("/") ? path : path.substring(target.length());
    String joined = (root.equals("/") ? "" : root) + rest;
    return joined.isEmpty() ? "/" : joined;
  }
}
