package org.migratecheck.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Two hosts with kernels of their own (user-mode Linux) and their storage server. They stay up
 * between faults, and so does the guest, which moves to and fro: the host that it is on is the
 * source of the next fault. For one thread at a time.
 */
final class UmlLab implements AutoCloseable {
  /** The storage server. */
  static final String SAN = "umlS";

  /** A lab of its own, beside those of the namespace hosts. */
  private static final int NUMBER = 90;

  private static final String A = "umlA";
  private static final String B = "umlB";
  private static final String GUEST = "guest";

  /** Starting a process costs 20 ms here; a machine with other work to do needs its time. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Lab lab;
  private String from = A;
  private String source = A;
  private Optional<Attachment> attached = Optional.empty();
  private boolean spoilt;

  private UmlLab(Lab lab) {
    this.lab = lab;
  }

  /** Runs the installer with {@code --check}: exit 0 when nothing is missing. */
  static Exec missing() {
    return Exec.run(
        Duration.ofSeconds(30),
        List.of(Lab.project().resolve("src/lab/sh/install-uml.sh").toString(), "--check"));
  }

  /** Starts the hosts. */
  static UmlLab up() {
    Tool.warmUp();
    UmlLab uml = new UmlLab(Lab.of(NUMBER, A, B));
    uml.close();
    try {
      uml.uml("up", A, B);
    } catch (AssertionError e) {
      uml.close();
      throw e;
    }
    return uml;
  }

  @Override
  public void close() {
    uml("down");
  }

  private String uml(String... arguments) {
    return lab.script(PATIENCE, "uml", List.of(arguments))
        .orFail("uml " + String.join(" ", arguments))
        .out();
  }

  /** Returns the hosts as a lab, for what works on hosts of any kind. */
  Lab lab() {
    return lab;
  }

  /** Returns whether a guest has counted on a disk, or on what a host takes for it. */
  boolean ticks(String host, String disk) {
    return lab.look(PATIENCE, host, "head -c 516 %s | tail -c 4 | grep -q tick".formatted(disk))
        .ok();
  }

  /** Begins a fault: the host that the guest is on is its source from now on, wherever it goes. */
  void begin() {
    source = from;
  }

  /** Returns the host that the guest was on when the fault began. */
  String source() {
    return source;
  }

  /** Returns the host that the fault is about. */
  String destination() {
    return other(source);
  }

  /** Returns the host that the guest is on. */
  String from() {
    return from;
  }

  /** Returns the host that the guest can go to. */
  String to() {
    return other(from);
  }

  private static String other(String host) {
    return host.equals(A) ? B : A;
  }

  /** Runs shell text that must succeed on a host. */
  String must(String host, String shell) {
    return lab.look(PATIENCE, host, shell).orFail("on " + host + ": " + shell).out();
  }

  /** Runs shell text that must succeed on the fault's destination. */
  void there(String shell) {
    must(destination(), shell);
  }

  /** Runs shell text that must succeed on the fault's source. */
  void here(String shell) {
    must(source, shell);
  }

  /** Breaks and mends the storage server, as {@code uml san} says. */
  void san(String... what) {
    var arguments = new ArrayList<String>(List.of("san"));
    arguments.addAll(List.of(what));
    uml(arguments.toArray(String[]::new));
  }

  /** Plugs a cable of the destination in, or pulls it. */
  void cable(int number, String state) {
    uml("link", destination(), String.valueOf(number), state);
  }

  /** Attaches both hosts to storage or a network, unless they are, and has the guest run on it. */
  Guest use(Attachment wanted) {
    if (spoilt) {
      uml("down");
      uml("up", A, B);
      attached = Optional.empty();
      spoilt = false;
    }
    if (attached.isEmpty() || attached.get() != wanted) {
      if (attached.isPresent()) {
        onBoth("off");
      }
      from = A;
      onBoth(wanted.verb());
      attached = Optional.of(wanted);
    }
    Guest guest = new Guest(lab, GUEST);
    return guest.state(from).equals("running") ? guest : restart();
  }

  private void onBoth(String verb) {
    var other = CompletableFuture.runAsync(() -> uml("client", B, verb));
    uml("client", A, verb);
    other.join();
  }

  /** Notes that nothing is known about the hosts; they are made anew before the next use. */
  void spoil() {
    spoilt = true;
  }

  /** Ends the guest wherever it is, and whatever waits for it. */
  void stop() {
    for (String host : List.of(A, B)) {
      must(
          host,
          "pkill -x virsh; virsh -q destroy guest; virsh -q undefine guest;"
              + " rm -f /var/log/libvirt/qemu/guest-serial.log");
    }
  }

  private Guest restart() {
    stop();
    var arguments = new ArrayList<String>(List.of("guest", from, GUEST));
    arguments.addAll(attached.orElseThrow().guestOptions());
    lab.script(PATIENCE, "lab", arguments).orFail("lab guest " + from);
    return new Guest(lab, GUEST);
  }

  /** Has a guest that is lost start again on the fault's source. */
  Guest restartOnSource() {
    from = source;
    return restart();
  }

  /** Moves the guest back to where it was before the fault. */
  void back() {
    Migration migration = migrate(new Guest(lab, GUEST), PATIENCE);
    if (!migration.arrived()) {
      throw new AssertionError("the way back: " + migration.summary());
    }
  }

  /** Moves the guest back if need be, and mends on the fault's destination, which it has left. */
  void away(String shell) {
    if (from.equals(destination())) {
      back();
    }
    there(shell);
  }

  /** Really migrates the guest; the hosts change their parts when it has arrived. */
  Migration migrate(Guest guest, Duration deadline) {
    Migration migration = Migration.live(lab, guest, from, to(), deadline);
    if (migration.arrived()) {
      from = to();
    }
    return migration;
  }
}
