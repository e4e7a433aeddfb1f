package org.migratecheck.facts.storage;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.FactSource;
import org.migratecheck.facts.Outputs;

/**
 * The paths of dm-multipath maps, from {@code dmsetup status --target multipath}.
 *
 * @param maps path states by device number ({@code 8:0}) by map name; true: active
 */
public record Multipath(Map<String, Map<String, Boolean>> maps) {
  /** The multipath maps of a host. */
  public static final Fact<Multipath> FACT = Fact.host("multipath", "block", Multipath::parse);

  private static final Pattern LINE = Pattern.compile("(.+): [0-9]+ [0-9]+ multipath (.*)");
  private static final Pattern PATH = Pattern.compile("(?<=^| )([0-9]+:[0-9]+) ([AF]) [0-9]+");

  /** Copies the map. */
  public Multipath {
    maps = java.util.Collections.unmodifiableMap(new TreeMap<>(maps));
  }

  /** Announces the fact. */
  public static final class Source implements FactSource {
    @Override
    public java.util.List<Fact<?>> facts() {
      return java.util.List.of(FACT);
    }
  }

  /** Returns the path states of a map. */
  public Optional<Map<String, Boolean>> map(String name) {
    return Optional.ofNullable(maps.get(name));
  }

  private static Multipath parse(Outputs outputs) {
    Map<String, Map<String, Boolean>> maps = new TreeMap<>();
    for (String line : Evidence.lines(outputs, "block/multipath")) {
      if (line.isBlank() || line.equals("No devices found")) {
        continue;
      }
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw Evidence.unreadable(outputs.host(), "dmsetup status", line);
      }
      Map<String, Boolean> paths = new TreeMap<>();
      Matcher path = PATH.matcher(matcher.group(2));
      while (path.find()) {
        paths.put(path.group(1), path.group(2).equals("A"));
      }
      maps.put(matcher.group(1), java.util.Collections.unmodifiableMap(paths));
    }
    return new Multipath(maps);
  }
}
