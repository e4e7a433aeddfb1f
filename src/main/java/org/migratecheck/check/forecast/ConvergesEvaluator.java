package org.migratecheck.check.forecast;

import java.util.List;
import java.util.Locale;
import org.migratecheck.check.CheckContext;
import org.migratecheck.check.Evaluator;
import org.migratecheck.check.Outcome;
import org.migratecheck.check.Problem;
import org.migratecheck.check.Side;
import org.migratecheck.facts.Undetermined;
import org.migratecheck.model.Forecast;
import org.migratecheck.model.Forecast.BandwidthFrom;
import org.migratecheck.model.Forecast.Doubt;
import org.migratecheck.model.Forecast.Outlook;
import org.migratecheck.model.Observed;

/**
 * Whether a live migration of the guest comes to its end. Parameter {@code pause-ms}: up to which
 * pause a longer one is advised.
 */
final class ConvergesEvaluator implements Evaluator {
  private static final double MIB = 1024 * 1024.0;

  @Override
  public Outcome evaluate(CheckContext context) {
    if (!context.guest().active()) {
      return Outcome.skipped("not-active");
    }
    if (context.linkFacts().isEmpty()) {
      throw new Undetermined("nothing was measured towards " + context.destination().name());
    }
    Forecast forecast =
        new Forecaster(context.source(), context.destination(), context.linkFacts().get())
            .of(context.guest());
    return switch (forecast.outlook()) {
      case UNKNOWN ->
          Outcome.skipped(forecast.doubts().contains(Doubt.NO_RATE) ? "no-rate" : "no-bandwidth")
              .with("needed", mib(forecast.neededBytesPerSecond()));
      case CONVERGES ->
          Outcome.pass(observed(forecast))
              .with("seconds", tenths(forecast.liveMillis()))
              .with("pause", tenths(forecast.pauseMillis()));
      case BORDERLINE, WILL_NOT_CONVERGE -> problem(kind(context, forecast), context, forecast);
    };
  }

  private static String kind(CheckContext context, Forecast forecast) {
    if (forecast.bandwidthFrom() == BandwidthFrom.LIMIT) {
      return "limited";
    }
    if (forecast.outlook() == Outlook.BORDERLINE) {
      return "borderline";
    }
    return needed(forecast) <= context.parameters().path("pause-ms").asLong(5000)
        ? "never"
        : "never-nor-by-pause";
  }

  private static Outcome problem(String kind, CheckContext context, Forecast forecast) {
    Problem problem =
        Problem.on(
            Side.SOURCE,
            kind,
            "rate",
            mib(forecast.dirtyBytesPerSecond()),
            "set",
            mib(forecast.workingSetBytes()),
            "bandwidth",
            mib(forecast.bandwidthBytesPerSecond()),
            "needed",
            mib(forecast.neededBytesPerSecond()),
            "pause",
            tenths(forecast.pauseMillis()),
            "offline",
            tenths(forecast.offlineMillis()),
            "limit",
            Long.toString(needed(forecast)),
            "uuid",
            context.guest().uuid());
    return Outcome.of(List.of(problem), observed(forecast));
  }

  /** The pause in milliseconds that would do, with some air, in steps of 100. */
  private static long needed(Forecast forecast) {
    return (long) Math.ceil(forecast.pauseMillis() * 1.3 / 100) * 100;
  }

  private static List<Observed> observed(Forecast forecast) {
    return List.of(
        new Observed("memory", mib(forecast.memoryBytes()) + " MiB", ""),
        new Observed("changed a second", mib(forecast.dirtyBytesPerSecond()) + " MiB", ""),
        new Observed("written again and again", mib(forecast.workingSetBytes()) + " MiB", ""),
        new Observed(
            "bandwidth",
            mib(forecast.bandwidthBytesPerSecond())
                + " MiB/s ("
                + forecast.bandwidthFrom().label()
                + ")",
            ""),
        new Observed("certainty", forecast.certainty().label(), ""));
  }

  private static String mib(long bytes) {
    return bytes < 0 ? "?" : String.format(Locale.ROOT, "%.0f", bytes / MIB);
  }

  private static String tenths(long millis) {
    return millis < 0 ? "?" : String.format(Locale.ROOT, "%.1f", millis / 1000.0);
  }
}
