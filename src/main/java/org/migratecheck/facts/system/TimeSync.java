package org.migratecheck.facts.system;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;

/**
 * Whether a host's clock is kept by a time service.
 *
 * @param service who said so: {@code chrony}, {@code ntpd}, {@code systemd}; empty when nobody
 *     keeps the clock
 * @param synchronised whether the clock is synchronised
 * @param detail what the service said of its source, for people
 */
public record TimeSync(String service, boolean synchronised, String detail) {
  private static final Pattern LEAP = Pattern.compile("(?m)^Leap status\\s*:\\s*(.*?)\\s*$");
  private static final Pattern REFERENCE = Pattern.compile("(?m)^Reference ID\\s*:\\s*(.*?)\\s*$");
  private static final Pattern SYSTEMD =
      Pattern.compile(
          "(?mi)^\\s*(?:NTPSynchronized=|NTP synchronized: |System clock synchronized: )(yes|no)");

  /** Whether the clock is kept by a time service. */
  public static final Fact<TimeSync> FACT = Fact.host("timeSync", "clock", TimeSync::parse);

  private static TimeSync parse(Outputs outputs) {
    return chrony(outputs)
        .or(() -> ntp(outputs))
        .or(() -> systemd(outputs))
        .orElseGet(
            () -> {
              String running = outputs.ok("clock/services").strip();
              return running.isEmpty()
                  ? new TimeSync("", false, "")
                  : new TimeSync(
                      running.lines().findFirst().get(), false, "runs but tells no state");
            });
  }

  private static Optional<TimeSync> chrony(Outputs outputs) {
    return outputs
        .ifOk("clock/chrony")
        .flatMap(
            text -> {
              Matcher leap = LEAP.matcher(text);
              if (!leap.find()) {
                return Optional.empty();
              }
              Matcher reference = REFERENCE.matcher(text);
              boolean synchronised = !leap.group(1).startsWith("Not synchronised");
              return Optional.of(
                  new TimeSync("chrony", synchronised, reference.find() ? reference.group(1) : ""));
            });
  }

  /** {@code ntpq -c rv} says {@code sync_ntp} or another source, and {@code leap_alarm} without. */
  private static Optional<TimeSync> ntp(Outputs outputs) {
    return outputs
        .ifOk("clock/ntp")
        .filter(text -> text.contains("leap_"))
        .map(
            text -> {
              boolean synchronised = !text.contains("leap_alarm") && !text.contains("sync_unspec");
              return new TimeSync("ntpd", synchronised, "");
            });
  }

  private static Optional<TimeSync> systemd(Outputs outputs) {
    return outputs
        .ifOk("clock/systemd")
        .flatMap(
            text -> {
              Matcher state = SYSTEMD.matcher(text);
              return state.find()
                  ? Optional.of(new TimeSync("systemd", state.group(1).equals("yes"), ""))
                  : Optional.empty();
            });
  }
}
