package org.migratecheck.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.migratecheck.lab.Tool.Finding;

/**
 * A guest of a {@link FaultRun}, with what is wrong around it. The texts of faults call it "guest",
 * whatever its name is.
 */
final class FaultyGuest {
  private final String name;
  private final List<Fault> faults;
  private final Map<Fault, String> findings = new HashMap<>();
  private String reality = "-";
  private String moved = "-";

  FaultyGuest(String name, List<Fault> faults) {
    this.name = name;
    this.faults = List.copyOf(faults);
    if (faults.size() > 1) {
      assertThat(faults)
          .as("made together on one guest")
          .allMatch(fault -> fault.expected().outcome().arrives());
    }
  }

  String name() {
    return name;
  }

  List<Fault> faults() {
    return faults;
  }

  List<Outcome> outcomes() {
    return faults.stream().map(fault -> fault.expected().outcome()).toList();
  }

  /** Returns the lab for the texts of these faults. */
  Lab view(Lab lab) {
    return lab.about(name);
  }

  /** Returns the guest itself. */
  Guest in(Lab lab) {
    return new Guest(view(lab), "guest");
  }

  String migrateOptions() {
    return faults.stream().map(f -> f.given().migrateOptions()).collect(Collectors.joining(" "));
  }

  /** Sets everything up in good order, and starts the guest. */
  void start(Lab lab) {
    faults.forEach(fault -> fault.given().prepare().accept(view(lab)));
    List<String> options =
        faults.stream().flatMap(fault -> fault.given().guestOptions().stream()).toList();
    if (outcomes().stream().allMatch(Outcome::leavesTheGuestAlone)) {
      options = Guest.quick(options);
    }
    Guest.start(view(lab), Lab.A, "guest", options.toArray(String[]::new));
  }

  void breakIt(Lab lab) {
    faults.forEach(fault -> fault.inject().accept(view(lab)));
  }

  void mendByHand(Lab lab) {
    faults.forEach(fault -> fault.byHand().accept(view(lab)));
  }

  /** Returns the findings of its faults that are about it, or about the hosts. */
  Stream<Finding> hits(Tool.Run run) {
    return faults.stream().flatMap(fault -> hits(fault, run));
  }

  private Stream<Finding> hits(Fault fault, Tool.Run run) {
    return fault.hits(run).stream().filter(f -> f.guest().isEmpty() || f.guest().equals(name));
  }

  private List<String> ids(Fault fault, Tool.Run run) {
    return hits(fault, run).map(Finding::id).distinct().toList();
  }

  /** Counts a first verdict. A fault that blocks and is not found counts as a false READY. */
  void count(Matrix matrix, Tool.Run run) {
    for (Fault fault : faults) {
      List<String> ids = ids(fault, run);
      findings.put(fault, ids.isEmpty() ? "missed" : String.join(" ", ids));
      boolean blocks = fault.expected().blocks();
      boolean hidden = blocks && ids.isEmpty() && run.verdict().equals("NOT_READY");
      matrix.count(fault.requirement(), !blocks, hidden ? "READY" : run.verdict());
      matrix.found(fault.requirement(), !ids.isEmpty());
    }
  }

  void mustBeFound(Tool.Run run) {
    for (Fault fault : faults) {
      List<String> expected = fault.expected().findings();
      List<String> ids = ids(fault, run);
      assertThat(ids)
          .as("%s speaks up of %s\n%s", expected, fault.id(), run.summary())
          .isNotEmpty();
      if (fault.expected().all()) {
        assertThat(ids).as(run.summary()).containsAll(expected);
      }
    }
  }

  /** Notes how the migration ended with the faults. */
  void ended(Migration migration) {
    var words = new ArrayList<String>(List.of(migration.summary()));
    outcomes().stream()
        .filter(outcome -> outcome.kind() == Outcome.Kind.DAMAGES)
        .forEach(outcome -> words.add(outcome.text()));
    reality = String.join("; ", words);
  }

  /** Notes how it ended after the fix. */
  void moved(Migration migration) {
    moved = migration.summary();
  }

  void tell(LabReport report, long seconds, String before, String mended) {
    for (Fault fault : faults) {
      report.add(
          LabTable.FAULTS,
          fault.requirement().ordinal() + fault.id(),
          seconds,
          fault.id(),
          before,
          findings.getOrDefault(fault, "-"),
          reality,
          mended,
          moved);
    }
  }
}
