package org.migratecheck.cli;

import java.time.Duration;
import java.util.Optional;
import org.migratecheck.remote.ConnectOptions;
import org.migratecheck.remote.Prompter;
import org.migratecheck.remote.SudoMode;
import picocli.CommandLine.Option;

/** How hosts are reached. */
final class ConnectionOptions {
  @Option(
      names = "--sudo",
      description =
          "Run the probes through sudo when the login is not root; asks for a password once where"
              + " sudo wants one and there is a terminal.")
  private boolean sudo;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description =
          "The longest that reading one host may take (default 60; what is asked about many guests"
              + " gets more); with more, each single question to it may take longer, too. With"
              + " --plan: see --on-timeout.")
  private Optional<Integer> timeout = Optional.empty();

  private boolean planning;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "16",
      description = "Hosts read at the same time (default ${DEFAULT-VALUE}).")
  private int parallel;

  @Option(
      names = "--no-listen",
      description =
          "Do not open the migration ports on the destination for a few seconds to prove that they"
              + " are reachable.")
  private boolean noListen;

  @Option(
      names = "--measure-bandwidth",
      description =
          "Send at most 64 MiB, for at most 3 seconds, from the source to the destination through"
              + " SSH, for a better forecast.")
  private boolean measureBandwidth;

  Duration timeout() throws UsageException {
    return Duration.ofSeconds(within("--timeout", planning ? 60 : timeout.orElse(60), 1, 3600));
  }

  /** Says that {@code --timeout} is about the migration, and returns it. */
  Optional<Integer> migrationTimeout() {
    planning = true;
    return timeout;
  }

  int parallel() throws UsageException {
    return within("--parallel", parallel, 1, 256);
  }

  boolean listen() {
    return !noListen;
  }

  boolean measureBandwidth() {
    return measureBandwidth;
  }

  ConnectOptions connect() throws UsageException {
    return connect(sudo, timeout());
  }

  static ConnectOptions connect(boolean sudo, Duration limit) {
    Duration connect = limit.compareTo(Duration.ofSeconds(10)) < 0 ? limit : Duration.ofSeconds(10);
    return ConnectOptions.defaults()
        .withSudo(sudo ? SudoMode.WITH_PASSWORD : SudoMode.NONE)
        .withTimeouts(connect, limit)
        .withPrompter(Prompter.terminal());
  }

  static int within(String option, int value, int min, int max) throws UsageException {
    if (value < min || value > max) {
      throw new UsageException(option + " takes a number from " + min + " to " + max);
    }
    return value;
  }
}
