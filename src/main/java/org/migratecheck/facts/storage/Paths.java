package org.migratecheck.facts.storage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactSource;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.storage.PathState.Answer;
import org.migratecheck.facts.storage.PathState.FileState;
import org.migratecheck.facts.storage.PathState.NfsVolume;
import org.migratecheck.facts.storage.PathState.Space;
import org.migratecheck.model.ProbeOutput;

/**
 * The paths that the judged guests need, as one host of a direction sees them.
 *
 * @param host the host
 * @param states by path
 */
public record Paths(String host, Map<String, PathState> states) {
  /** The paths as the source sees them. */
  public static final Fact<Paths> SOURCE = fact("pathsOnSource", Fact.Place.LINK_SOURCE);

  /** The paths as the destination sees them. */
  public static final Fact<Paths> DESTINATION =
      fact("pathsOnDestination", Fact.Place.LINK_DESTINATION);

  private static final Pattern STAT =
      Pattern.compile(
          "([a-z ]+)\\|([0-9]+)\\|([0-9]+)\\|([0-9]+)\\|([0-9]+)\\|([0-7]+)\\|([0-9]+)"
              + "\\|([0-9a-f]+):([0-9a-f]+)\\|(-?[0-9]+)");
  private static final Pattern FS = Pattern.compile("([0-9a-f]+)\\|[^|]*\\|([0-9a-f]+)");
  private static final Pattern SPACE = Pattern.compile("([0-9]+) ([0-9]+) ([0-9]+)");
  private static final Pattern SHA = Pattern.compile("[0-9a-f]{64}");

  /** Copies the map. */
  public Paths {
    states = java.util.Collections.unmodifiableMap(new TreeMap<>(states));
  }

  /** Announces the facts. */
  public static final class Source implements FactSource {
    @Override
    public List<Fact<?>> facts() {
      return List.of(SOURCE, DESTINATION);
    }
  }

  private static Fact<Paths> fact(String name, Fact.Place place) {
    return new Fact<>(name, place, List.of("paths"), Paths::parse);
  }

  /**
   * Returns the state of a path.
   *
   * @throws Undetermined when it was not looked at
   */
  public PathState of(String path) {
    PathState state = states.get(path);
    if (state == null) {
      throw new Undetermined(
          host + ": " + org.migratecheck.model.Printable.line(path) + " was not looked at",
          path.indexOf('\n') >= 0
              ? "Give the image a name without a line break."
              : "Collect the evidence again, both hosts in one run.");
    }
    return state;
  }

  private static Paths parse(Outputs outputs) {
    Map<String, PathState> states = new TreeMap<>();
    SortedMap<String, ProbeOutput> parts = outputs.reached("paths/");
    if (parts.isEmpty()) {
      // The probe ran and had nothing to do, or there is no evidence of it.
      outputs.ok("paths");
    }
    for (Map.Entry<String, ProbeOutput> part : parts.entrySet()) {
      ProbeOutput output = part.getValue();
      PathState state =
          output.completeness() == ProbeOutput.Completeness.TIMED_OUT
              ? hanging(outputs.host(), output)
              : state(outputs.host(), Evidence.lines(outputs, "paths/" + part.getKey()));
      states.put(state.path(), state);
    }
    return new Paths(outputs.host(), states);
  }

  /** The first line, the path, was printed before anything was touched that could hang. */
  private static PathState hanging(String host, ProbeOutput output) {
    String first = output.stdout().lines().findFirst().orElse("");
    if (!first.startsWith("path /") || output.stdout().indexOf('\n') < 0) {
      throw new Undetermined(host + ": a path of a guest could not be looked at in time");
    }
    return new PathState(
        first.substring(5),
        Answer.HANGS,
        "",
        first.substring(5),
        new Mounts(List.of()),
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static PathState state(String host, List<String> lines) {
    Map<String, String> values = new TreeMap<>();
    List<String> mounts = new ArrayList<>();
    List<NfsVolume> volumes = new ArrayList<>();
    for (String line : lines) {
      int space = line.indexOf(' ');
      String key = space < 0 ? line : line.substring(0, space);
      String value = space < 0 ? "" : line.substring(space + 1);
      switch (key) {
        case "mount" -> mounts.add(value);
        case "nfs" -> volumes.add(volume(host, value));
        default -> {
          if (values.put(key, value) != null) {
            throw Evidence.unreadable(host, "paths", line);
          }
        }
      }
    }
    String path = required(host, values, "path");
    Answer answer =
        values.containsKey("missing")
            ? Answer.MISSING
            : values.containsKey("error") ? Answer.ERROR : Answer.PRESENT;
    return new PathState(
        path,
        answer,
        values.getOrDefault("error", ""),
        required(host, values, "real"),
        Mounts.parse(host, mounts),
        volumes,
        answer == Answer.PRESENT ? Optional.of(file(host, values)) : Optional.empty(),
        space(values.getOrDefault("space", "")));
  }

  private static FileState file(String host, Map<String, String> values) {
    Matcher stat = STAT.matcher(required(host, values, "stat"));
    Matcher fs = FS.matcher(required(host, values, "fs"));
    if (!stat.matches() || !fs.matches()) {
      throw Evidence.unreadable(host, "stat", values.toString());
    }
    try {
      return new FileState(
          stat.group(1),
          Long.parseUnsignedLong(stat.group(2)),
          Long.parseLong(stat.group(3)),
          Long.parseLong(stat.group(4)),
          Long.parseLong(stat.group(5)),
          stat.group(6),
          device(Long.parseUnsignedLong(stat.group(7))),
          Integer.parseInt(stat.group(8), 16) + ":" + Integer.parseInt(stat.group(9), 16),
          fs.group(1),
          fs.group(2),
          Long.parseLong(stat.group(10)),
          required(host, values, "root"),
          Optional.ofNullable(values.get("qemu")),
          Optional.ofNullable(values.get("sha256")).filter(s -> SHA.matcher(s).matches()),
          Optional.ofNullable(values.get("direct")).map("yes"::equals));
    } catch (NumberFormatException e) {
      throw Evidence.unreadable(host, "stat", values.get("stat"));
    }
  }

  /** Free blocks, all blocks, and the size of a block; file systems without sizes say 0. */
  private static Optional<Space> space(String text) {
    Matcher matcher = SPACE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      long block = Long.parseLong(matcher.group(3));
      return Optional.of(
          new Space(
              Math.multiplyExact(Long.parseLong(matcher.group(1)), block),
              Math.multiplyExact(Long.parseLong(matcher.group(2)), block)));
    } catch (ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The number of a device as glibc packs it (gnu_dev_major, gnu_dev_minor). */
  static String device(long packed) {
    long major = ((packed >>> 8) & 0xfff) | ((packed >>> 32) & 0xfffff000L);
    long minor = (packed & 0xff) | ((packed >>> 12) & 0xffffff00L);
    return major + ":" + minor;
  }

  /** A line such as {@code v4 0a4d000d 801 0:45 3fb3a7c9d7a54d8c:0 no}. */
  private static NfsVolume volume(String host, String line) {
    String[] fields = line.strip().split("\\s+");
    if (fields.length < 5 || !fields[3].matches("[0-9]+:[0-9]+")) {
      throw Evidence.unreadable(host, "nfsfs/volumes", line);
    }
    return new NfsVolume(fields[1], fields[3], fields[4]);
  }

  private static String required(String host, Map<String, String> values, String key) {
    String value = values.get(key);
    if (value == null) {
      throw new Undetermined(host + ": what is at a path of a guest was not told whole");
    }
    return value;
  }
}
