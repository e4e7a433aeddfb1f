package org.migratecheck.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The lab that is up: commands on its hosts and on the controller. Not for use by several threads.
 */
final class Lab implements AutoCloseable {
  /** The host that guests leave. */
  static final String A = "hostA";

  /** The host that guests go to. */
  static final String B = "hostB";

  /** A host of a newer generation, which is only up where a test asks for it. */
  static final String NEWER = "hostN";

  /** The server of the shared storage. */
  static final String STORE = "store";

  /** Where the shared storage is mounted on both hosts. */
  static final String SHARED = "/var/lib/libvirt/images/shared";

  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final List<String> hosts;

  private Lab(List<String> hosts) {
    this.hosts = List.copyOf(hosts);
  }

  /** The project's directory: the working directory of the build. */
  static Path project() {
    return Path.of("").toAbsolutePath();
  }

  private static List<String> script(String name, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(project().resolve("src/lab/sh").resolve(name).toString());
    command.addAll(arguments);
    return command;
  }

  /** Runs the lab's installer with {@code --check}: exit 0 when nothing is missing. */
  static Exec missing() {
    return Exec.run(DEADLINE, script("install.sh", List.of("--check")));
  }

  /** Starts hosts; a lab that is left over from before is taken down first. */
  static Lab up(String... hosts) {
    down();
    var arguments = new ArrayList<String>(List.of("up"));
    arguments.addAll(List.of(hosts));
    Exec.run(Duration.ofMinutes(3), script("lab", arguments)).orFail("lab up");
    return new Lab(List.of(hosts));
  }

  private static void down() {
    Exec.run(DEADLINE, script("lab", List.of("down"))).orFail("lab down");
  }

  @Override
  public void close() {
    down();
  }

  /** Runs shell text as root on a host, without going over the network, within a minute. */
  Exec on(String host, String shell) {
    return on(DEADLINE, host, shell);
  }

  /** Runs shell text as root on a host, without going over the network. */
  Exec on(Duration deadline, String host, String shell) {
    return Exec.run(deadline, script("lab", List.of("enter", host, "/bin/sh", "-c", shell)));
  }

  /** Like {@link #on(String, String)}, for what must succeed. */
  String must(String host, String shell) {
    return on(host, shell).orFail("on " + host + ": " + shell).out();
  }

  /** Runs a command on the controller, in the project's directory. */
  Exec controller(Duration deadline, List<String> command) {
    var arguments = new ArrayList<String>(List.of("ctl"));
    arguments.addAll(command);
    return Exec.run(deadline, script("lab", arguments));
  }

  /**
   * Returns whether an address is dead for the controller: none of ten pings in 3 s is answered.
   */
  boolean dead(String address, String... pingOptions) {
    var command = new ArrayList<String>(List.of("ping", "-q", "-c", "10", "-i", "0.3", "-w", "3"));
    command.addAll(List.of(pingOptions));
    command.add(address);
    return controller(DEADLINE, command).exit() == 1;
  }

  /** Runs {@code lab guest HOST NAME OPTION...}. */
  void guest(String host, String name, List<String> options) {
    var arguments = new ArrayList<String>(List.of("guest", host, name));
    arguments.addAll(options);
    Exec.run(DEADLINE, script("lab", arguments)).orFail("lab guest " + host + " " + name);
  }

  /**
   * Runs what reboots a host, and waits until it is back; its guests are gone, its files are not.
   */
  void reboot(String host, String shell) {
    Exec.run(DEADLINE, script("lab", List.of("reboot", host, shell)))
        .orFail("reboot of " + host + ": " + shell);
  }

  /** Starts one more host, fresh. */
  void add(String host) {
    remove(host);
    Exec.run(Duration.ofMinutes(5), script("lab", List.of("up", host))).orFail("lab up " + host);
  }

  /** Powers a host off that was added. */
  void remove(String host) {
    Exec.run(DEADLINE, script("lab", List.of("kill", host))).orFail("lab kill " + host);
  }

  /** Runs the installer of the newer generation with {@code --check}: exit 0 when it is there. */
  static Exec newerMissing() {
    return Exec.run(DEADLINE, script("install-skew.sh", List.of("--check")));
  }

  /** Makes everything healthy again: fresh hosts, empty shared storage, no guests. */
  void reset() {
    var arguments = new ArrayList<String>(List.of("renew"));
    arguments.addAll(hosts);
    must(
        STORE, "find /srv/brick/vol0 -mindepth 1 -maxdepth 1 ! -name .glusterfs -exec rm -rf {} +");
    Exec.run(DEADLINE, script("lab", arguments)).orFail("lab renew");
    must(A, "find " + SHARED + " -mindepth 1 -delete; rmdir " + SHARED + "/* 2>/dev/null; true");
  }
}
