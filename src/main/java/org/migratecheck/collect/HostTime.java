package org.migratecheck.collect;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.model.ClockOffset;

/**
 * What a host's clock said when its script began, from {@code date +%s.%N}; BusyBox prints no
 * fraction.
 *
 * @param millis milliseconds since 1970, rounded down
 * @param uncertainMillis the clock said at least {@code millis} and less than this much more
 */
record HostTime(long millis, long uncertainMillis) {
  private static final Pattern DATE = Pattern.compile("([0-9]{1,12})(?:\\.([0-9]{9}))?(?:\\D.*)?");

  static Optional<HostTime> parse(String text) {
    Matcher date = DATE.matcher(text);
    if (!date.matches()) {
      return Optional.empty();
    }
    long seconds = Long.parseLong(date.group(1));
    if (date.group(2) == null) {
      return Optional.of(new HostTime(seconds * 1000, 1000));
    }
    long nanos = Long.parseLong(date.group(2));
    return Optional.of(new HostTime(seconds * 1000 + nanos / 1_000_000, 1));
  }

  /** The host looked at its clock after the script was sent and before its first byte arrived. */
  ClockOffset offset(Instant sentAt, Instant firstByteAt) {
    long low = millis - firstByteAt.toEpochMilli() - 1;
    long high = millis + uncertainMillis - sentAt.toEpochMilli();
    return new ClockOffset(Math.min(low, high), Math.max(low, high));
  }
}
