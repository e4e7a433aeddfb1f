package org.migratecheck.report;

import java.util.Locale;
import java.util.Optional;
import org.migratecheck.model.Forecast;
import org.migratecheck.model.Forecast.Outlook;
import org.migratecheck.model.MigrationPlan;
import org.migratecheck.model.Report;

/** A forecast in words; public methods are what the template may use, too. */
public final class ForecastText {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  /** Returns bytes with a unit; a dash where they are not known. */
  public String size(long bytes) {
    if (bytes < 0) {
      return "–";
    }
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(
        Locale.ROOT, value < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }

  /** Returns bytes per second with a unit; a dash where they are not known. */
  public String rate(long bytes) {
    return bytes < 0 ? size(bytes) : size(bytes) + "/s";
  }

  /** Returns milliseconds in a unit that people count in; a dash where they are not known. */
  public String time(long millis) {
    if (millis < 0) {
      return "–";
    }
    if (millis < 100_000) {
      return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
    long minutes = Math.round(millis / 60_000.0);
    return minutes < 120 ? minutes + " min" : Math.round(minutes / 60.0) + " h";
  }

  /** Returns microseconds as milliseconds. */
  public String roundTrip(long micros) {
    return micros < 0 ? "–" : String.format(Locale.ROOT, "%.2f ms", micros / 1000.0);
  }

  /** Returns one line for a terminal. */
  String line(Forecast f) {
    StringBuilder line = new StringBuilder();
    line.append(f.guest()).append(", ").append(f.source()).append(" -> ").append(f.destination());
    line.append(": ").append(f.outlook().label());
    if (f.liveMillis() >= 0) {
      line.append(", live about ").append(time(f.liveMillis()));
      line.append(" with a pause of ").append(time(f.pauseMillis()));
    } else if (f.outlook() != Outlook.UNKNOWN) {
      line.append(", suspended at the end for ").append(time(f.pauseMillis()));
    }
    if (f.offlineMillis() >= 0) {
      line.append(", offline ").append(time(f.offlineMillis()));
    }
    line.append(" (").append(size(f.memoryBytes())).append(" in use");
    if (f.dirtyBytesPerSecond() >= 0) {
      line.append(", changes ").append(rate(f.dirtyBytesPerSecond()));
    }
    if (f.bandwidthBytesPerSecond() >= 0) {
      line.append(", ").append(f.bandwidthFrom().label()).append(" bandwidth ");
      line.append(rate(f.bandwidthBytesPerSecond()));
    } else if (f.neededBytesPerSecond() >= 0) {
      line.append(", needs ").append(rate(f.neededBytesPerSecond()));
    }
    return line.append("; certainty ").append(f.certainty().label()).append(')').toString();
  }

  /**
   * Returns what was forecast for a guest that was moved, in words beside what was measured; empty
   * where nothing was.
   */
  public static Optional<String> beside(Report report, String guest) {
    ForecastText text = new ForecastText();
    boolean offline =
        report.plan().map(p -> p.settings().mode() == MigrationPlan.Mode.OFFLINE).orElse(false);
    return report.forecasts().stream()
        .filter(f -> f.guest().equals(guest) && f.offlineMillis() >= 0)
        .findFirst()
        .map(
            f ->
                offline
                    ? text.time(f.offlineMillis()) + " of standing still"
                    : f.outlook() == Outlook.UNKNOWN
                        ? "unknown"
                        : (f.liveMillis() < 0 ? f.outlook().label() : text.time(f.liveMillis()))
                            + ", pause "
                            + text.time(f.pauseMillis()));
  }
}
