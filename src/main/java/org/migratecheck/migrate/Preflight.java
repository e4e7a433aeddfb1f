package org.migratecheck.migrate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.migratecheck.model.MigrationPlan.Mode;
import org.migratecheck.model.MigrationPlan.OnTimeout;
import org.migratecheck.model.MigrationPlan.Settings;
import org.migratecheck.remote.ConnectionException;

/** What a plan's own wishes need on the hosts, beyond what the checks look at. */
final class Preflight {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private Preflight() {}

  /** Returns why the plan cannot be carried out; empty when it can. */
  static List<String> refusals(Settings settings, HostShell source, HostShell destination)
      throws ConnectionException {
    boolean postcopy =
        settings.mode() == Mode.LIVE
            && settings.timeoutSeconds() > 0
            && settings.onTimeout() == OnTimeout.POSTCOPY;
    List<String> refusals = new ArrayList<>();
    if (!postcopy && !settings.tls()) {
      return refusals;
    }
    for (HostShell host : List.of(source, destination)) {
      Map<String, String> wishes =
          Map.of(
              "postcopy", postcopy ? "1" : "0",
              "tls", settings.tls() ? "1" : "0",
              "side", host == source ? "source" : "destination");
      host.run("preflight", "", wishes, DEADLINE)
          .all("refuse")
          .forEach(r -> refusals.add(host.name() + ": " + r));
    }
    return refusals;
  }
}
