package org.migratecheck.check.system;

import java.util.List;
import java.util.Locale;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.HostFacts;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.facts.system.TimeSync;
import org.migratecheck.facts.system.TimeZone;
import org.migratecheck.model.ClockOffset;
import org.migratecheck.model.Observed;

/** The hosts' clocks: against each other, against a time service, and their time zones. */
final class ClockEvaluators {
  private ClockEvaluators() {}

  /**
   * Judges how far apart the clocks certainly are. Each was measured as an interval, so the
   * difference is one too; only what is beyond a limit with certainty counts. Parameters {@code
   * warn-seconds} and {@code block-seconds}.
   */
  static Outcome skew(CheckContext context) {
    ClockOffset source = clock(context.source());
    ClockOffset destination = clock(context.destination());
    long low = destination.lowMillis() - source.highMillis();
    long high = destination.highMillis() - source.lowMillis();
    long least = low > 0 ? low : high < 0 ? -high : 0;
    long most = Math.max(Math.abs(low), Math.abs(high));
    long warn = context.parameters().path("warn-seconds").asLong(1) * 1000;
    long block = context.parameters().path("block-seconds").asLong(60) * 1000;
    List<Observed> observed =
        List.of(
            new Observed("clock against the auditing machine", text(source), text(destination)));
    if (least <= warn && most > block) {
      throw new Undetermined(
          "the clocks could not be measured well enough: the answers took up to "
              + seconds(Math.max(width(source), width(destination))));
    }
    String kind = least > block ? "far-apart" : least > warn ? "apart" : "";
    Side late = low > 0 ? Side.SOURCE : Side.DESTINATION;
    return Outcome.of(
            kind.isEmpty()
                ? List.of()
                : List.of(
                    Problem.on(
                        Side.DESTINATION,
                        kind,
                        "seconds",
                        seconds(least),
                        "late",
                        context.side(late).name(),
                        "early",
                        context.side(late == Side.SOURCE ? Side.DESTINATION : Side.SOURCE).name())),
            observed)
        .with("seconds", seconds(most));
  }

  private static ClockOffset clock(HostFacts host) {
    return host.evidence()
        .clock()
        .orElseThrow(() -> new Undetermined(host.name() + ": its clock was not measured"));
  }

  private static long width(ClockOffset clock) {
    return clock.highMillis() - clock.lowMillis();
  }

  private static String text(ClockOffset clock) {
    return "%+d to %+d ms".formatted(clock.lowMillis(), clock.highMillis());
  }

  private static String seconds(long millis) {
    return String.format(Locale.ROOT, millis < 10_000 ? "%.2f s" : "%.0f s", millis / 1000.0);
  }

  /** Judges whether a host's clock is kept by a time service. */
  static Outcome synchronised(CheckContext context) {
    TimeSync sync = context.source(TimeSync.FACT);
    List<Observed> observed =
        List.of(
            new Observed("time service", sync.service(), ""),
            new Observed("synchronised", sync.synchronised() ? "yes" : "no", ""),
            new Observed("its source", sync.detail(), ""));
    if (sync.synchronised()) {
      return Outcome.of(List.of(), observed).with("service", sync.service());
    }
    return Outcome.of(
        List.of(
            Problem.on(
                Side.SOURCE,
                sync.service().isEmpty() ? "no-service" : "not-synchronised",
                "service",
                sync.service())),
        observed);
  }

  /** Judges whether a guest whose clock shows local time finds the same local time there. */
  static Outcome zone(CheckContext context) {
    String offset = context.guest().xml().attribute("clock", "offset").orElse("utc");
    String basis = context.guest().xml().attribute("clock", "basis").orElse("utc");
    if (!offset.equals("localtime") && !(offset.equals("variable") && basis.equals("localtime"))) {
      return Outcome.skipped("not-local").with("offset", offset);
    }
    TimeZone source = context.source(TimeZone.FACT);
    TimeZone destination = context.destination(TimeZone.FACT);
    return Outcome.of(
            source.sameAs(destination)
                ? List.of()
                : List.of(
                    Problem.of(
                        source.name().isEmpty() ? "differs-unnamed" : "differs",
                        "source-value",
                        source.text(),
                        "destination-value",
                        destination.text(),
                        "zone",
                        source.name())),
            List.of(new Observed("time zone", source.text(), destination.text())))
        .with("value", source.text());
  }
}
