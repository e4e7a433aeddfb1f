package org.migratecheck.facts.host;

import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * The daemon that libvirt hands the logs of guests to.
 *
 * @param used whether libvirt is told to use it: {@code stdio_handler} in qemu.conf is not {@code
 *     file}
 * @param listens whether something listens on its socket: the daemon, or systemd for it
 */
public record LogDaemon(boolean used, boolean listens) {
  /** The daemon of the logs. */
  public static final Fact<LogDaemon> FACT = Fact.host("logDaemon", "platform", LogDaemon::parse);

  private static LogDaemon parse(Outputs outputs) {
    boolean used = true;
    boolean listens = false;
    for (String line : Lines.of(outputs, "platform/log-daemon")) {
      switch (line) {
        case "handler file" -> used = false;
        case "handler logd" -> used = true;
        case "listens" -> listens = true;
        default ->
            throw new Undetermined(outputs.host() + ": what was said of virtlogd is not readable");
      }
    }
    return new LogDaemon(used, listens);
  }
}
