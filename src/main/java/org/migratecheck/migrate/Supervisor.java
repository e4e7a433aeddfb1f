package org.migratecheck.migrate;

import java.util.List;
import java.util.stream.Collectors;
import org.migratecheck.check.Shell;
import org.migratecheck.model.MigrationPlan.GuestPlan;
import org.migratecheck.model.MigrationPlan.Mode;
import org.migratecheck.model.MigrationPlan.OnTimeout;
import org.migratecheck.model.MigrationPlan.Settings;
import org.migratecheck.model.MigrationPlan.Step;
import org.migratecheck.model.MigrationPlan.When;

/** The script that carries a plan's steps out on the source, detached from our session. */
final class Supervisor {
  private static final String DIRECTORY = "/run/migrate-check/";

  private Supervisor() {}

  /** Returns one shell line that runs exactly this command: every word is quoted once, here. */
  static String line(List<String> command) {
    return command.stream().map(Shell::quote).collect(Collectors.joining(" "));
  }

  /** Returns the script. */
  static String text(GuestPlan guest, Settings settings) {
    boolean abort =
        settings.mode() == Mode.LIVE
            && settings.timeoutSeconds() > 0
            && settings.onTimeout() == OnTimeout.ABORT;
    return HostShell.resource("supervisor.sh")
        .replace("@DIRECTORY@", Shell.quote(DIRECTORY + guest.uuid()))
        .replace("@LIMIT@", Integer.toString(abort ? settings.timeoutSeconds() : 0))
        .replace("@UUID@", Shell.quote(guest.uuid()))
        .replace("@BEFORE@", lines(guest, When.BEFORE, "before "))
        .replace("@AFTER@", lines(guest, When.AFTER, "after "))
        .replace("@MOVE@", lines(guest, When.MOVE, ""));
  }

  private static String lines(GuestPlan guest, When when, String prefix) {
    return guest.steps().stream()
        .filter(s -> s.when() == when)
        .map(Step::command)
        .map(c -> prefix + line(c))
        .collect(Collectors.joining("\n"));
  }
}
