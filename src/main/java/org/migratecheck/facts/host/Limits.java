package org.migratecheck.facts.host;

import java.util.Arrays;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;

/**
 * Limits that a host sets to its guests together.
 *
 * @param aioLeft requests of asynchronous I/O that can still be promised ({@code fs.aio-max-nr}
 *     less {@code fs.aio-nr}); {@link Long#MAX_VALUE} where the kernel does not tell
 * @param controllers the cgroup controllers that the kernel has and {@code qemu.conf} allows, by
 *     their names of version 2: {@code cpu}, {@code cpuset}, {@code io}, {@code memory}
 * @param memoryLeft what guests may still take by the memory limit of libvirt's cgroup, in KiB;
 *     {@link Long#MAX_VALUE} where there is none
 */
public record Limits(long aioLeft, SortedSet<String> controllers, long memoryLeft) {
  /** The limits. */
  public static final Fact<Limits> FACT = Fact.host("hostLimits", "capacity", Limits::parse);

  /** Copies the set. */
  public Limits {
    controllers = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(controllers));
  }

  private static Limits parse(Outputs outputs) {
    Map<String, String> values = new TreeMap<>();
    long left = Long.MAX_VALUE;
    for (String line : Lines.of(outputs, "capacity/limits")) {
      String[] words = line.split(" ", 2);
      String value = words.length == 2 ? words[1].strip() : "";
      if (words[0].equals("old")) {
        String name = value.equals("blkio") ? "io" : value;
        values.merge("controllers", name, (a, b) -> a + " " + b);
        continue;
      }
      values.put(words[0], value);
      if (words[0].equals("memory-used")) {
        // Each limit is followed by what is used of it; "max" is no limit, nor is a number near
        // 2^63.
        long limit = limit(outputs, values.getOrDefault("memory-limit", "max"));
        if (limit < 1L << 60) {
          long used = Lines.number(outputs, "memory in use", value);
          left = Math.min(left, Math.max(0, limit - used) / 1024);
        }
      }
    }
    return new Limits(
        values.containsKey("aio-nr") && values.containsKey("aio-max-nr")
            ? Math.max(
                0,
                Lines.number(outputs, "fs.aio-max-nr", values.get("aio-max-nr"))
                    - Lines.number(outputs, "fs.aio-nr", values.get("aio-nr")))
            : Long.MAX_VALUE,
        controllers(values),
        left);
  }

  private static SortedSet<String> controllers(Map<String, String> values) {
    SortedSet<String> controllers = new TreeSet<>();
    Arrays.stream(values.getOrDefault("controllers", "").split("\\s+"))
        .filter(word -> !word.isEmpty())
        .forEach(controllers::add);
    if (values.containsKey("allowed")) {
      String allowed = values.get("allowed").replace("\"blkio\"", "\"io\"");
      controllers.removeIf(c -> !allowed.contains('"' + c + '"'));
    }
    return controllers;
  }

  private static long limit(Outputs outputs, String value) {
    return value.equals("max")
        ? Long.MAX_VALUE
        : Lines.number(outputs, "the memory limit of guests", value);
  }
}
