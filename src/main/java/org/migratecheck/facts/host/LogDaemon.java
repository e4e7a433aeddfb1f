package org.migratecheck.facts.host;

import java.util.List;
import org.migratecheck.facts.Fact;
import org.migratecheck.facts.Outputs;
import org.migratecheck.facts.Undetermined;

/**
 * Whether libvirt on a host can have the output of guests written.
 *
 * @param needed whether {@code virtlogd} is to write it, which is so unless {@code stdio_handler}
 *     in qemu.conf is {@code file}
 * @param listens whether virtlogd, or systemd for it, takes connections
 */
public record LogDaemon(boolean needed, boolean listens) {
  /** What is known of it. */
  public static final Fact<LogDaemon> FACT = Fact.host("logDaemon", "libvirt", LogDaemon::parse);

  private static LogDaemon parse(Outputs outputs) {
    boolean needed = true;
    boolean listens = false;
    List<String> lines = Lines.of(outputs, "libvirt/log-daemon");
    for (String line : lines) {
      if (line.equals("listens")) {
        listens = true;
      } else if (line.startsWith("handler ")) {
        // The last line of a setting counts.
        needed = !line.equals("handler file");
      } else {
        throw new Undetermined(outputs.host() + ": what is known of virtlogd is not readable");
      }
    }
    return new LogDaemon(needed, listens);
  }
}
