package org.migratecheck.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One lab that is up: commands on its hosts and on its controller. It remembers which hosts were
 * touched, so that {@link #reset} makes exactly those anew. For one thread at a time; several labs
 * run side by side (see {@link Labs}).
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

  /** For anything that needs seconds on an idle machine, and more where many share it. */
  private static final Duration DEADLINE = Duration.ofMinutes(3);

  /** Guest options that leave nothing behind on a host but the guest. */
  private static final Set<String> HARMLESS =
      Set.of("--bridge", "br0", "br1", "--no-disk", "--ticker", "--linux");

  /** Stops and forgets all guests of a host, whatever belongs to them. */
  private static final String NO_GUESTS =
      """
      virsh -q list --all --name | while read -r g; do
        [ -n "$g" ] || continue
        virsh -q destroy "$g" >/dev/null 2>&1
        virsh -q undefine "$g" --nvram --managed-save --snapshots-metadata --checkpoints-metadata >/dev/null 2>&1
      done
      rm -f /var/log/libvirt/qemu/*.log
      [ -z "$(virsh -q list --all --name | tr -d '\\n')" ]
      """;

  private static final String GUEST = "guest";

  private final int number;
  private final List<String> hosts;
  private final Set<String> touched;
  private final String guest;
  private Optional<Program> program = Optional.empty();

  private Lab(int number, List<String> hosts, Set<String> touched, String guest) {
    this.number = number;
    this.hosts = List.copyOf(hosts);
    this.touched = touched;
    this.guest = guest;
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

  /**
   * Starts hosts; what is left over of this lab from before is taken down first.
   *
   * @param number 0 for the lab that {@code src/lab/sh/lab} means, else a further one beside it
   */
  static Lab up(int number, String... hosts) {
    Lab lab = of(number, hosts);
    lab.close();
    var arguments = new ArrayList<String>(List.of("up"));
    arguments.addAll(List.of(hosts));
    Exec up = lab.lab(DEADLINE, arguments);
    if (!up.ok()) {
      lab.close();
    }
    up.orFail("lab up");
    return lab;
  }

  /** Returns a lab whose hosts another script starts and ends. */
  static Lab of(int number, String... hosts) {
    return new Lab(number, List.of(hosts), new LinkedHashSet<>(), GUEST);
  }

  /** Returns the same lab for shell text that means another guest where it says "guest". */
  Lab about(String name) {
    return new Lab(number, hosts, touched, name);
  }

  /** Returns the number that tells this lab from the others of the run. */
  int number() {
    return number;
  }

  private Exec lab(Duration deadline, List<String> arguments) {
    return script(deadline, "lab", arguments);
  }

  /** Runs one of the lab's scripts for this lab. */
  Exec script(Duration deadline, String name, List<String> arguments) {
    return Exec.run(deadline, environment(), script(name, arguments));
  }

  /** What makes {@code lab} mean this lab: names of its own, also where the user chose a name. */
  private Map<String, String> environment() {
    var environment = new HashMap<String, String>();
    if (number > 0) {
      environment.put("LAB_WORKER", String.valueOf(number));
      for (String name : List.of("LAB_NS", "LAB")) {
        String value = System.getenv(name);
        if (value != null && !value.isEmpty()) {
          environment.put(name, value + "w" + number);
        }
      }
    }
    return environment;
  }

  @Override
  public void close() {
    program.ifPresent(Program::close);
    program = Optional.empty();
    lab(DEADLINE, List.of("down")).orFail("lab down");
  }

  /** Runs shell text as root on a host, without going over the network, within some minutes. */
  Exec on(String host, String shell) {
    return on(DEADLINE, host, shell);
  }

  /** Runs shell text as root on a host, without going over the network. */
  Exec on(Duration deadline, String host, String shell) {
    touch(host);
    return look(deadline, host, shell);
  }

  /** Like {@link #on(String, String)}, for what must succeed. */
  String must(String host, String shell) {
    return on(host, shell).orFail("on " + host + ": " + shell).out();
  }

  /** Like {@link #on(String, String)}, for what only looks, or only concerns a guest. */
  Exec look(Duration deadline, String host, String shell) {
    return lab(deadline, List.of("enter", host, "/bin/sh", "-c", own(shell)));
  }

  Exec look(String host, String shell) {
    return look(DEADLINE, host, shell);
  }

  /** Returns a text with the guest's name in it. */
  String own(String text) {
    return guest.equals(GUEST) ? text : text.replaceAll("\\b" + GUEST + "\\b", guest);
  }

  /** Notes that hosts are no longer as they were made. */
  void touch(String... names) {
    touched.addAll(List.of(names));
  }

  /** Notes that nothing is known about any host. */
  void touchAll() {
    touched.addAll(hosts);
    touched.add(STORE);
  }

  /** Runs a command on the controller, in the project's directory. */
  Exec controller(Duration deadline, List<String> command) {
    var arguments = new ArrayList<String>(List.of("ctl"));
    arguments.addAll(command);
    return lab(deadline, arguments);
  }

  /** Runs the program under test on the controller, without the start that its user waits for. */
  Exec program(Duration deadline, List<String> arguments) {
    if (program.filter(Program::alive).isEmpty()) {
      var controller = script("lab", List.of("ctl"));
      program = Optional.of(Program.start(environment(), controller));
    }
    return program.get().run(deadline, arguments);
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
    if (!HARMLESS.containsAll(options)) {
      touch(A, B); // devices, images and sockets may be left wherever the guest was
    }
    var arguments = new ArrayList<String>(List.of("guest", host, own(name)));
    options.forEach(option -> arguments.add(own(option)));
    lab(DEADLINE, arguments).orFail("lab guest " + host + " " + name);
  }

  /**
   * Runs what reboots a host, and waits until it is back; its guests are gone, its files are not.
   */
  void reboot(String host, String shell) {
    touch(host);
    lab(DEADLINE, List.of("reboot", host, shell)).orFail("reboot of " + host + ": " + shell);
  }

  /** Starts one more host, fresh. */
  void add(String host) {
    remove(host);
    lab(Duration.ofMinutes(5), List.of("up", host)).orFail("lab up " + host);
  }

  /** Powers a host off that was added. */
  void remove(String host) {
    lab(DEADLINE, List.of("kill", host)).orFail("lab kill " + host);
  }

  /** Runs the installer of the newer generation with {@code --check}: exit 0 when it is there. */
  static Exec newerMissing() {
    return Exec.run(DEADLINE, script("install-skew.sh", List.of("--check")));
  }

  /**
   * Makes everything healthy again: fresh hosts where one was touched, empty shared storage, no
   * guests.
   */
  void reset() {
    if (touched.contains(STORE)) {
      touchAll();
    }
    for (String host : hosts) {
      if (!touched.contains(host) && !look(host, NO_GUESTS).ok()) {
        touch(host);
      }
    }
    if (!touched.isEmpty()) {
      var arguments = new ArrayList<String>(List.of("renew"));
      arguments.addAll(touched);
      lab(DEADLINE, arguments).orFail("lab renew");
    }
    touched.clear();
    look(B, "mountpoint -q " + SHARED).orFail("shared storage on " + B);
    look(
            A,
            "mountpoint -q %1$s && find %1$s -mindepth 1 -delete; [ -z \"$(ls -A %1$s)\" ]"
                .formatted(SHARED))
        .orFail("emptying shared storage on " + A);
  }
}
