package org.migratecheck.lab;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A guest of the lab, which counts seconds on its serial console and on its disk. */
record Guest(Lab lab, String name) {
  /** Options that only add something to a guest with a raw disk of its own, or begin otherwise. */
  private static final Set<String> ADDED = Set.of("--device", "--bridge", "--network", "--paused");

  private static final Pattern TICK = Pattern.compile("tick (\\d+)");

  /** Defines and starts a guest; the options are those of {@code lab guest}. */
  static Guest start(Lab lab, String host, String name, String... options) {
    lab.guest(host, name, List.of(options));
    return new Guest(lab, name);
  }

  /**
   * Returns the options that make a guest quick to start where they allow it: with a boot sector
   * instead of Linux, which needs five seconds of a core. {@code --linux} stands against it.
   */
  static List<String> quick(List<String> options) {
    boolean only = options.stream().filter(o -> o.startsWith("--")).allMatch(ADDED::contains);
    return only ? Stream.concat(options.stream(), Stream.of("--ticker")).toList() : options;
  }

  /**
   * Returns libvirt's state of the guest on a host, such as {@code running}; "absent" if unknown
   * there.
   */
  String state(String host) {
    Exec exec = lab.look(host, "virsh -q domstate " + quoted());
    return exec.ok() ? exec.out().strip() : "absent";
  }

  /** Returns the name as a word of a shell. */
  String quoted() {
    return "'" + name.replace("'", "'\\''") + "'";
  }

  /** Returns whether a host has the guest in its memory, running or paused. */
  boolean lives(String host) {
    return List.of("running", "paused").contains(state(host));
  }

  private String console() {
    return "'/var/log/libvirt/qemu/" + name.replace("'", "'\\''") + "-serial.log'";
  }

  /** Returns the newest count that the guest wrote to its console on a host. */
  OptionalInt tick(String host) {
    String tail = lab.look(host, "tail -n 3 " + console() + " 2>/dev/null").out();
    Matcher matcher = TICK.matcher(tail);
    int newest = -1;
    while (matcher.find()) {
      newest = Integer.parseInt(matcher.group(1));
    }
    return newest < 0 ? OptionalInt.empty() : OptionalInt.of(newest);
  }

  /** Waits until the guest counts on a host, past a given count; false when it does not in time. */
  boolean ticksPast(String host, int count, Duration deadline) {
    int seconds = (int) Math.max(1, deadline.toSeconds());
    String shell =
        """
        timeout %d sh -c 'until [ "$(sed -n "s/^tick \\([0-9]*\\).*/\\1/p" "$1" 2>/dev/null | tail -n 1)" -gt %d ] 2>/dev/null; do sleep 0.1; done' sh %s
        """
            .formatted(seconds, count, console());
    return lab.look(deadline.plusSeconds(5), host, shell).ok();
  }
}
