package org.migratecheck.migrate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.migratecheck.remote.ConnectionException;

/**
 * What one host alone tells of a guest and its migration.
 *
 * @param host the host as typed
 * @param unreachable why the host was not asked; empty when it was
 * @param answer what it said
 */
record Situation(String host, Optional<String> unreachable, Answer answer) {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  /** Asks one host; never fails. */
  static Situation ask(HostShell shell, String uuid) {
    try {
      return new Situation(
          shell.name(), Optional.empty(), shell.run("status", uuid, Map.of(), DEADLINE));
    } catch (ConnectionException e) {
      return new Situation(shell.name(), Optional.of(e.getMessage()), new Answer(Map.of()));
    }
  }

  /** Returns libvirt's state, {@code absent}, or empty where it is not known. */
  Optional<String> state() {
    return answer.first("state");
  }

  /** Returns whether libvirt knows it as running or paused, thus holding its memory. */
  boolean active() {
    return state()
        .filter(s -> !s.equals("absent") && !s.startsWith("shut off") && !s.startsWith("no state"))
        .isPresent();
  }

  /** Returns whether its virtual CPUs run here. */
  boolean running() {
    return state().filter(s -> s.startsWith("running") || s.startsWith("idle")).isPresent();
  }

  /** Returns whether it only waits here for its memory to come in, or to be thrown away. */
  boolean incoming() {
    return state().filter(s -> s.startsWith("paused (")).isPresent()
        && JobInfo.parse(answer.text("job"))
            .filter(j -> j.operation().startsWith("Incoming") && j.running())
            .isPresent();
  }

  /**
   * Returns whether the host could tell that it has the guest or has it not: by libvirt, or by all
   * its processes, none of which is the guest's.
   */
  boolean told() {
    return state().isPresent() || (answer.is("processes", "all") && !process());
  }

  /** Returns whether a QEMU process of it lives here. */
  boolean process() {
    return !answer.all("process").isEmpty();
  }

  /** Returns the running migration. */
  Optional<JobInfo> job() {
    return JobInfo.parse(answer.text("job")).filter(JobInfo::running);
  }

  /** Returns whether a controller or supervisor left something here. */
  boolean locked() {
    return !answer.all("owner").isEmpty() || answer.first("quiet").isPresent();
  }

  /** Returns whether the lock is still in use: its supervisor lives, or its owner was heard of. */
  boolean lockAlive() {
    return locked()
        && (answer.is("supervisor", "alive")
            || job().isPresent()
            || quietSeconds() <= Lock.STALE_SECONDS);
  }

  /** Returns for how long the owner of the lock was not heard of. */
  long quietSeconds() {
    String quiet = answer.first("quiet").orElse("0");
    return quiet.matches("[0-9]{1,12}") ? Long.parseLong(quiet) : 0;
  }

  /** Returns the exit status of the move, where one ended. */
  Optional<String> exit() {
    return answer.first("exit");
  }

  /** Returns a value of the lock's owner, such as {@code plan} or {@code controller}. */
  Optional<String> owner(String name) {
    return answer.field("owner", name);
  }

  /** Returns when something happened by the host's own clock: {@code started} or {@code ended}. */
  Optional<Instant> at(String what) {
    return answer
        .first(what)
        .filter(t -> t.matches("[0-9]{1,12}"))
        .map(t -> Instant.ofEpochSecond(Long.parseLong(t)));
  }

  /** Returns why the state is not known. */
  String obstacle() {
    return unreachable.orElseGet(() -> answer.text("error"));
  }

  /** Returns the guest's state in words, with what the processes tell where libvirt is silent. */
  String words() {
    if (state().isPresent()) {
      return state().get().equals("absent")
          ? process() ? "unknown to libvirt, but its QEMU lives" : "absent"
          : state().get();
    }
    return "unknown ("
        + obstacle().replaceAll("\\s+", " ")
        + ")"
        + (unreachable.isEmpty()
            ? process() ? "; its QEMU process lives here" : "; no QEMU process of it lives here"
            : "");
  }

  /** Returns the lines of the owner for people. */
  List<String> ownerLines() {
    return answer.all("owner").stream().filter(l -> !l.startsWith("nonce=")).toList();
  }
}
