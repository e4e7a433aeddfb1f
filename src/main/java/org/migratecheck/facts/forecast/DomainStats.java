package org.migratecheck.facts.forecast;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers that {@code virsh domstats} printed: {@code Domain: 'NAME'}, then {@code KEY=VALUE}.
 * Names and values that are no numbers are only passed over.
 */
record DomainStats(Map<String, Map<String, Long>> numbers) {
  private static final Pattern DOMAIN = Pattern.compile("Domain: '(.*)'");
  private static final Pattern NUMBER = Pattern.compile("\\s+([a-z0-9._]{1,80})=([0-9]{1,18})");
  private static final Pattern UPTIME = Pattern.compile("up ([0-9]{1,12}(?:\\.[0-9]{1,4})?)");

  static DomainStats parse(String text) {
    Map<String, Map<String, Long>> numbers = new TreeMap<>();
    Map<String, Long> current = new TreeMap<>();
    for (String line : text.lines().toList()) {
      Matcher domain = DOMAIN.matcher(line);
      Matcher number = NUMBER.matcher(line);
      if (domain.matches()) {
        current = new TreeMap<>();
        numbers.put(domain.group(1), current);
      } else if (number.matches()) {
        current.putIfAbsent(number.group(1), Long.parseLong(number.group(2)));
      }
    }
    return new DomainStats(numbers);
  }

  /** Returns the host's uptime in seconds, from the first line; not a number where it is none. */
  static double uptime(String text) {
    Matcher matcher = UPTIME.matcher(text.lines().findFirst().orElse(""));
    return matcher.matches() ? Double.parseDouble(matcher.group(1)) : Double.NaN;
  }

  Set<String> names() {
    return numbers.keySet();
  }

  OptionalLong number(String name, String key) {
    Long value = numbers.getOrDefault(name, Map.of()).get(key);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** Returns the sum of all values with such keys; empty where there is none. */
  OptionalLong sum(String name, String prefix, String suffix) {
    OptionalLong sum = OptionalLong.empty();
    for (Map.Entry<String, Long> e : numbers.getOrDefault(name, Map.of()).entrySet()) {
      if (e.getKey().startsWith(prefix) && e.getKey().endsWith(suffix)) {
        sum = OptionalLong.of(sum.orElse(0) + e.getValue());
      }
    }
    return sum;
  }
}
