package org.migratecheck.migrate;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a migration is, from {@code virsh domjobinfo}. Sizes in bytes, times in milliseconds; -1
 * where libvirt does not tell.
 *
 * @param type {@code Unbounded} while it runs, {@code None}, {@code Completed}, {@code Failed}
 * @param operation such as {@code Outgoing migration}
 * @param elapsed since it began
 * @param remaining memory that is still to be sent
 * @param total memory in all
 * @param processed what was sent
 * @param bandwidth bytes per second
 * @param dirtyRate bytes per second that the guest writes
 * @param iteration how often memory was gone through
 * @param downtime how long the guest stood still, of a completed job
 * @param expectedDowntime what QEMU expects now
 */
record JobInfo(
    String type,
    String operation,
    long elapsed,
    long remaining,
    long total,
    long processed,
    long bandwidth,
    long dirtyRate,
    long iteration,
    long downtime,
    long expectedDowntime) {
  private static final Pattern LINE =
      Pattern.compile("^\\s*([A-Z][A-Za-z0-9/ ]*?):\\s*(\\S.*?)\\s*$", Pattern.MULTILINE);
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?)\\s*(\\S*)");

  /** Reads what virsh printed; empty when it is no job information. */
  static Optional<JobInfo> parse(String text) {
    Map<String, String> fields = new TreeMap<>();
    Matcher matcher = LINE.matcher(text);
    while (matcher.find()) {
      fields.putIfAbsent(matcher.group(1), matcher.group(2));
    }
    if (!fields.containsKey("Job type")) {
      return Optional.empty();
    }
    long page = number(fields, "Page size");
    long dirtyPages = number(fields, "Dirty rate");
    return Optional.of(
        new JobInfo(
            fields.get("Job type"),
            fields.getOrDefault("Operation", ""),
            number(fields, "Time elapsed"),
            number(fields, "Memory remaining"),
            number(fields, "Memory total"),
            number(fields, "Memory processed"),
            number(fields, "Memory bandwidth"),
            // In the first iteration QEMU does not know it yet and says 0.
            dirtyPages < 0 || (dirtyPages == 0 && number(fields, "Iteration") <= 1)
                ? -1
                : dirtyPages * (page > 0 ? page : 4096),
            number(fields, "Iteration"),
            number(fields, "Total downtime"),
            number(fields, "Expected downtime")));
  }

  /** Returns whether a migration runs. */
  boolean running() {
    return (type.equals("Unbounded") || type.equals("Bounded")) && operation.contains("migration");
  }

  /** Returns the seconds that are left at the present rates; empty where that is no telling. */
  OptionalLong secondsLeft() {
    long gain = bandwidth - Math.max(0, dirtyRate);
    return remaining < 0 || bandwidth <= 0 || gain <= 0
        ? OptionalLong.empty()
        : OptionalLong.of(remaining / gain + 1);
  }

  private static long number(Map<String, String> fields, String name) {
    String value = fields.get(name);
    Matcher matcher = SIZE.matcher(value == null ? "" : value);
    if (!matcher.lookingAt()) {
      return -1;
    }
    double number = Double.parseDouble(matcher.group(1));
    String unit = matcher.group(2).toLowerCase(Locale.ROOT).replace("/s", "");
    return (long)
        (number
            * switch (unit) {
              case "kib" -> 1024.0;
              case "mib" -> 1048576.0;
              case "gib" -> 1073741824.0;
              case "tib" -> 1099511627776.0;
              default -> 1.0;
            });
  }
}
