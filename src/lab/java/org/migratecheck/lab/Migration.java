package org.migratecheck.lab;

import java.time.Duration;

/**
 * A real live migration and how it ended.
 *
 * @param exec what {@code virsh migrate} left behind
 * @param arrived whether the guest runs (or is paused, as before) on the destination, and no longer
 *     on the source
 */
record Migration(Exec exec, boolean arrived) {

  /** Migrates a running guest the way an administrator would: over SSH, from the source. */
  static Migration live(Lab lab, Guest guest, String from, String to, Duration deadline) {
    return live(lab, guest, from, to, deadline, "");
  }

  /** Like that, with further options of {@code virsh migrate}, shell words. */
  static Migration live(
      Lab lab, Guest guest, String from, String to, Duration deadline, String options) {
    String before = guest.state(from);
    Exec exec =
        lab.look(
            deadline,
            from,
            "virsh migrate --live %s %s qemu+ssh://%s/system"
                .formatted(options, guest.quoted(), to));
    if (exec.timedOut()) {
      lab.touch(from, to); // both may be busy with it for long
    }
    boolean arrived = exec.ok() && guest.state(to).equals(before) && !guest.lives(from);
    return new Migration(exec, arrived);
  }

  /** Returns the outcome in one line: "moved in 1400 ms", "hangs", or libvirt's error. */
  String summary() {
    if (arrived) {
      return "moved in " + exec.millis() + " ms";
    }
    if (exec.timedOut()) {
      return "hangs (" + exec.millis() / 1000 + " s)";
    }
    return exec.text().replaceAll("\\s+", " ");
  }
}
