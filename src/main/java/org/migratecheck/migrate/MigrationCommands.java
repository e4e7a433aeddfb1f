package org.migratecheck.migrate;

import java.util.ArrayList;
import java.util.List;
import org.migratecheck.model.MigrationPlan.After;
import org.migratecheck.model.MigrationPlan.Mode;
import org.migratecheck.model.MigrationPlan.OnTimeout;
import org.migratecheck.model.MigrationPlan.Settings;
import org.migratecheck.model.MigrationPlan.Step;
import org.migratecheck.model.MigrationPlan.When;

/**
 * The commands that move one guest, as argument lists. All run on the source, where libvirt drives
 * the move by itself (peer-to-peer): neither the loss of the controller nor that of its connection
 * ends it.
 */
final class MigrationCommands {
  private final Settings settings;
  private final String source;
  private final String uri;

  /**
   * @param source the source as typed
   * @param uri the destination's libvirt as the source reaches it
   */
  MigrationCommands(Settings settings, String source, String uri) {
    this.settings = settings;
    this.source = source;
    this.uri = uri;
  }

  /**
   * Returns the steps. The guest is named by its UUID, which cannot be taken for an option and is
   * never that of another guest with the same name.
   *
   * @param autostart whether the source starts it with the host
   */
  List<Step> steps(String uuid, boolean autostart, After after) {
    List<Step> steps = new ArrayList<>();
    if (settings.maxDowntimeMillis() > 0) {
      steps.add(
          step(
              When.BEFORE,
              "virsh",
              "migrate-setmaxdowntime",
              uuid,
              Integer.toString(settings.maxDowntimeMillis())));
    }
    steps.add(new Step(When.MOVE, source, migrate(uuid, after)));
    if (after.autostart()) {
      steps.add(step(When.AFTER, "virsh", "-c", uri, "autostart", uuid));
    }
    if (after.sourceDefinition() && autostart) {
      steps.add(step(When.AFTER, "virsh", "autostart", "--disable", uuid));
    }
    return steps;
  }

  private Step step(When when, String... command) {
    return new Step(when, source, List.of(command));
  }

  private List<String> migrate(String uuid, After after) {
    List<String> command = new ArrayList<>(List.of("virsh", "migrate"));
    boolean live = settings.mode() == Mode.LIVE;
    if (live) {
      command.add("--live");
    }
    command.add("--p2p");
    if (after.persistent()) {
      command.add("--persistent");
    }
    if (!after.sourceDefinition()) {
      command.add("--undefinesource");
    }
    if (settings.tls()) {
      command.add("--tls");
    }
    if (settings.bandwidthMib() > 0) {
      command.addAll(List.of("--bandwidth", Integer.toString(settings.bandwidthMib())));
    }
    if (settings.parallelConnections() > 0) {
      command.addAll(
          List.of(
              "--parallel",
              "--parallel-connections",
              Integer.toString(settings.parallelConnections())));
    }
    // To abort is our own supervisor's job: virsh cannot.
    if (live && settings.timeoutSeconds() > 0 && settings.onTimeout() != OnTimeout.ABORT) {
      if (settings.onTimeout() == OnTimeout.POSTCOPY) {
        command.add("--postcopy");
      }
      command.addAll(
          List.of(
              "--timeout",
              Integer.toString(settings.timeoutSeconds()),
              "--timeout-" + settings.onTimeout().label()));
    }
    command.addAll(List.of("--domain", uuid, "--desturi", uri));
    return command;
  }
}
