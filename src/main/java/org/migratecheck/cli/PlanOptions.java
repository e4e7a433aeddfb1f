package org.migratecheck.cli;

import java.util.Optional;
import org.migratecheck.model.MigrationPlan.Mode;
import org.migratecheck.model.MigrationPlan.OnTimeout;
import org.migratecheck.model.MigrationPlan.Settings;
import picocli.CommandLine.Option;

/** How guests are to be moved. */
final class PlanOptions {
  @Option(
      names = "--mode",
      paramLabel = "live|offline",
      description = "live (default), or offline: suspended, moved and resumed.")
  private Optional<Mode> mode = Optional.empty();

  @Option(
      names = "--on-timeout",
      paramLabel = "suspend|postcopy|abort",
      description =
          "What happens when a live migration takes longer than --timeout SECONDS: the guest is"
              + " suspended, fetches the rest from the destination, or stays (default abort).")
  private Optional<OnTimeout> onTimeout = Optional.empty();

  @Option(
      names = "--bandwidth",
      paramLabel = "MIB/S",
      description = "The most that is sent, in MiB/s.")
  private Optional<Integer> bandwidth = Optional.empty();

  @Option(
      names = "--max-downtime",
      paramLabel = "MS",
      description = "The longest pause to aim at, in milliseconds.")
  private Optional<Integer> maxDowntime = Optional.empty();

  @Option(
      names = "--parallel-connections",
      paramLabel = "N",
      description = "Send memory over N connections.")
  private Optional<Integer> parallelConnections = Optional.empty();

  @Option(names = "--tls", description = "Send memory encrypted by TLS.")
  private boolean tls;

  @Option(
      names = "--persistent",
      negatable = true,
      description =
          "Whether the destination keeps a definition (default: where the source has one).")
  private Optional<Boolean> persistent = Optional.empty();

  @Option(
      names = "--undefine-source",
      negatable = true,
      description = "Whether the source's definition goes (default: it does).")
  private Optional<Boolean> undefineSource = Optional.empty();

  @Option(
      names = "--keep-autostart",
      negatable = true,
      description =
          "Whether a guest that starts with the source will start with the destination (default: it"
              + " will).")
  private Optional<Boolean> keepAutostart = Optional.empty();

  /** Returns whether anything of this was asked for. */
  boolean given() {
    return tls
        || mode.isPresent()
        || onTimeout.isPresent()
        || bandwidth.isPresent()
        || maxDowntime.isPresent()
        || parallelConnections.isPresent()
        || persistent.isPresent()
        || undefineSource.isPresent()
        || keepAutostart.isPresent();
  }

  Settings settings(Optional<Integer> timeout) throws UsageException {
    Settings defaults = Settings.DEFAULTS;
    if (onTimeout.isPresent() && timeout.isEmpty()) {
      throw new UsageException("--on-timeout needs --timeout SECONDS");
    }
    Settings settings =
        new Settings(
            mode.orElse(defaults.mode()),
            within("--timeout", timeout, 86_400),
            onTimeout.orElse(defaults.onTimeout()),
            within("--bandwidth", bandwidth, 1_000_000),
            within("--max-downtime", maxDowntime, 600_000),
            within("--parallel-connections", parallelConnections, 255),
            tls,
            persistent,
            undefineSource.orElse(defaults.undefineSource()),
            keepAutostart.orElse(defaults.keepAutostart()));
    if (settings.mode() == Mode.OFFLINE && (timeout.isPresent() || maxDowntime.isPresent())) {
      throw new UsageException("--timeout and --max-downtime are for --mode live");
    }
    return settings;
  }

  private static int within(String name, Optional<Integer> value, int max) throws UsageException {
    return value.isEmpty() ? 0 : ConnectionOptions.within(name, value.get(), 1, max);
  }
}
