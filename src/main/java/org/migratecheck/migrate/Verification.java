package org.migratecheck.migrate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.migratecheck.model.MigrationPlan.GuestPlan;
import org.migratecheck.model.Move.Measured;
import org.migratecheck.model.Move.Verified;
import org.migratecheck.model.Printable;
import org.migratecheck.model.Status;
import org.migratecheck.remote.ConnectionException;

/** Looks at both hosts after a move: whether everything is as planned. */
final class Verification {
  private static final Duration DEADLINE = Duration.ofSeconds(120);

  private final GuestPlan guest;
  private final String source;
  private final String destination;
  private final List<Verified> results = new ArrayList<>();

  private Verification(GuestPlan guest, String source, String destination) {
    this.guest = guest;
    this.source = source;
    this.destination = destination;
  }

  /**
   * What was seen.
   *
   * @param results item by item
   * @param measured what libvirt measured of the move
   */
  record Seen(List<Verified> results, Optional<Measured> measured) {
    boolean good() {
      return results.stream()
          .noneMatch(r -> r.status() == Status.FAIL || r.status() == Status.ERROR);
    }
  }

  /** Looks; what cannot be seen is an ERROR, never a pass. */
  static Seen of(GuestPlan guest, HostShell source, HostShell destination) {
    Answer there;
    Answer here;
    try {
      there =
          destination.run(
              "verify-destination",
              guest.uuid(),
              Map.of("agent", guest.agent() ? "1" : "0"),
              DEADLINE);
      here = source.run("verify-source", guest.uuid(), Map.of(), DEADLINE);
    } catch (ConnectionException e) {
      return new Seen(
          List.of(new Verified("both hosts answer", Status.ERROR, Printable.line(e.getMessage()))),
          Optional.empty());
    }
    return of(guest, source.name(), here, destination.name(), there);
  }

  /** Judges what both hosts said. */
  static Seen of(GuestPlan guest, String source, Answer here, String destination, Answer there) {
    Verification verification = new Verification(guest, source, destination);
    verification.place(here, there);
    verification.definitions(here, there);
    verification.life(there);
    verification.network(there);
    verification.disks(there);
    verification.log(there);
    return new Seen(verification.results, measured(there));
  }

  private static Optional<Measured> measured(Answer there) {
    return JobInfo.parse(there.text("completed"))
        .filter(j -> j.type().equals("Completed"))
        .map(j -> new Measured(j.elapsed(), j.downtime(), j.processed(), (int) j.iteration()));
  }

  private void add(String item, boolean good, String message) {
    add(item, good ? Status.PASS : Status.FAIL, message);
  }

  private void add(String item, Status status, String message) {
    results.add(new Verified(item, status, Printable.line(message)));
  }

  private void place(Answer here, Answer there) {
    String state = there.text("state");
    add(
        "runs on the destination",
        state.equals(guest.state()) || state.equals("running"),
        "on " + destination + ": " + state);
    if (here.first("error").isPresent() || here.first("state").isEmpty()) {
      add("no longer on the source", Status.ERROR, source + ": " + here.text("error"));
    } else {
      String left = here.text("state");
      boolean gone = left.equals("absent") || left.equals("shut off");
      add(
          "no longer on the source",
          gone && here.all("process").isEmpty(),
          "on "
              + source
              + ": "
              + left
              + (here.all("process").isEmpty() ? ", no QEMU process" : ", its QEMU still lives"));
    }
    add(
        "the same guest",
        there.text("name").equals(guest.name()),
        there.text("name") + ", UUID " + guest.uuid());
  }

  private void definitions(Answer here, Answer there) {
    String persistent = there.field("info", "Persistent").orElse("");
    if (persistent.isEmpty()) {
      add("definition on the destination", Status.ERROR, "not told");
    } else {
      add(
          "definition on the destination",
          persistent.equals(guest.after().persistent() ? "yes" : "no"),
          persistent.equals("yes") ? "kept" : "none");
    }
    String autostart = there.field("info", "Autostart").orElse("");
    add(
        "autostart on the destination",
        autostart.equals(guest.after().autostart() ? "enable" : "disable"),
        autostart.isEmpty() ? "not told" : autostart);
    if (here.first("state").isPresent()) {
      boolean defined = !here.is("state", "absent");
      add(
          "definition on the source",
          defined == guest.after().sourceDefinition(),
          defined ? "kept" : "gone");
      if (defined) {
        String there2 = here.field("info", "Autostart").orElse("not told");
        add("autostart on the source", there2.equals("disable"), there2);
      }
    }
  }

  private void life(Answer there) {
    Map<String, Long> before = numbers(there.all("before"));
    Map<String, Long> later = numbers(there.all("later"));
    if (guest.state().equals("paused")) {
      add("virtual CPUs run", Status.SKIPPED, "it was paused before and still is");
    } else {
      long gained = gain(before, later, "vcpu.", ".time");
      add(
          "virtual CPUs run",
          before.isEmpty() ? Status.ERROR : gained > 0 ? Status.PASS : Status.WARN,
          gained / 1_000_000 + " ms of CPU time in 2 s");
    }
    boolean disks = later.keySet().stream().anyMatch(k -> k.endsWith(".wr.reqs"));
    long requests =
        gain(before, later, "block.", ".rd.reqs") + gain(before, later, "block.", ".wr.reqs");
    long all =
        later.entrySet().stream()
            .filter(e -> e.getKey().endsWith(".wr.reqs") || e.getKey().endsWith(".rd.reqs"))
            .mapToLong(Map.Entry::getValue)
            .sum();
    add(
        "disks are used",
        !disks ? Status.SKIPPED : Status.PASS,
        !disks
            ? "it has none"
            : all + " requests since it came, " + requests + " of them in the last 2 s");
    if (guest.agent()) {
      String said = there.text("agent");
      add(
          "guest agent answers",
          said.contains("\"return\"") ? Status.PASS : Status.WARN,
          said.contains("\"return\"") ? "it does" : said);
    } else {
      add("guest agent answers", Status.SKIPPED, "none was connected before");
    }
  }

  private static long gain(
      Map<String, Long> before, Map<String, Long> later, String prefix, String suffix) {
    long sum = 0;
    for (Map.Entry<String, Long> entry : later.entrySet()) {
      if (entry.getKey().startsWith(prefix) && entry.getKey().endsWith(suffix)) {
        sum += entry.getValue() - before.getOrDefault(entry.getKey(), 0L);
      }
    }
    return sum;
  }

  private static Map<String, Long> numbers(List<String> lines) {
    Map<String, Long> numbers = new TreeMap<>();
    for (String line : lines) {
      String[] parts = line.strip().split("=", 2);
      if (parts.length == 2 && parts[1].matches("[0-9]{1,18}")) {
        numbers.put(parts[0], Long.parseLong(parts[1]));
      }
    }
    return numbers;
  }

  private void network(Answer there) {
    for (String line : there.all("port")) {
      String[] words = line.split(" ");
      if (words.length < 6) {
        continue;
      }
      String what = "network card " + words[4].replace("mac=", "") + " on " + words[0];
      boolean carrier = words[2].equals("carrier=1");
      // 3 is forwarding; a card that is on no bridge of the kernel has no such state.
      boolean forwards = words[3].equals("state=3") || words[3].equals("state=?");
      boolean learnt = !words[5].equals("learnt=no");
      add(
          what,
          !carrier || !forwards ? Status.FAIL : learnt ? Status.PASS : Status.WARN,
          (carrier ? "up" : "no carrier")
              + (words[1].equals("-") ? "" : ", on bridge " + words[1])
              + (forwards ? "" : ", which does not forward (" + words[3] + ")")
              + (words[5].equals("learnt=yes")
                  ? ", the bridge has learnt its address"
                  : learnt ? "" : ", the bridge has not learnt its address: it has sent nothing"));
    }
    if (there.all("port").isEmpty()) {
      add("network cards", Status.SKIPPED, "none with a tap device");
    }
  }

  private void disks(Answer there) {
    for (String line : there.all("disk")) {
      String[] words = line.split(" ");
      String what = "image lock of " + words[0];
      switch (words[words.length - 1]) {
        case "locked" -> add(what, Status.PASS, "held on " + destination);
        case "shared" -> add(what, Status.SKIPPED, "shared or read-only: not locked");
        case "none" ->
            add(
                what,
                Status.SKIPPED,
                "QEMU's lock cannot be seen from another process on this storage");
        default -> add(what, Status.SKIPPED, "could not be looked at");
      }
    }
  }

  private void log(Answer there) {
    if (there.first("log").isEmpty()) {
      add("QEMU's log", Status.SKIPPED, "cannot be read on " + destination);
      return;
    }
    List<String> lines = there.all("logged");
    add(
        "QEMU's log",
        lines.isEmpty() ? Status.PASS : Status.WARN,
        lines.isEmpty() ? "nothing suspicious since it came" : String.join("; ", lines));
  }
}
