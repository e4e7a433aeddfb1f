package org.migratecheck.lab;

import java.util.List;
import java.util.function.Consumer;

/**
 * One thing wrong between two hosts that are otherwise sound. Begin with {@link #of}, then say what
 * differs from a plain fault; each step returns the changed fault.
 *
 * @param id name in the table
 * @param requirement the requirement that it violates
 * @param inject breaks it, with the guest running on {@link Lab#A}
 * @param given how things are before: the guest, the program's options, what is set up
 * @param expected what is to be found and what really happens
 * @param byHand mends what no printed command can mend, after the printed ones ran
 */
record Fault(
    String id,
    Requirement requirement,
    Consumer<Lab> inject,
    Given given,
    Expected expected,
    Consumer<Lab> byHand) {

  /**
   * How things are before the fault.
   *
   * @param guestOptions how the guest is made, as for {@code lab guest}
   * @param toolOptions further options of the program under test
   * @param prepare what is set up, in good order, before the guest starts
   * @param migrateOptions further options of {@code virsh migrate}, shell words
   */
  record Given(
      List<String> guestOptions,
      List<String> toolOptions,
      Consumer<Lab> prepare,
      String migrateOptions) {}

  /**
   * What is to be found, and what really happens.
   *
   * @param findings ids of the checks that must speak up; one of them is enough, unless {@code all}
   * @param all whether every one of these checks must speak up
   * @param blocks whether the verdict is NOT READY; else the finding only warns
   * @param outcome what a real migration does meanwhile
   */
  record Expected(List<String> findings, boolean all, boolean blocks, Outcome outcome) {}

  /** Begins a fault that shell text on a host makes. */
  static Fault of(String id, Requirement requirement, String host, String shell) {
    return of(id, requirement, lab -> lab.must(host, shell));
  }

  static Fault of(String id, Requirement requirement, Consumer<Lab> inject) {
    return new Fault(
        id,
        requirement,
        inject,
        new Given(List.of(), List.of(), lab -> {}, ""),
        new Expected(List.of(), false, true, Outcome.notLookedAt()),
        lab -> {});
  }

  /** Makes the guest in another way than usual. */
  Fault guest(String... options) {
    return with(
        new Given(List.of(options), given.toolOptions, given.prepare, given.migrateOptions));
  }

  /** Calls the program with further options. */
  Fault check(String... options) {
    return with(
        new Given(given.guestOptions, List.of(options), given.prepare, given.migrateOptions));
  }

  /** Sets up what the guest needs, in good order. */
  Fault prepare(Consumer<Lab> setUp) {
    return with(new Given(given.guestOptions, given.toolOptions, setUp, given.migrateOptions));
  }

  /** Sets up what the guest needs, in good order, on both hosts. */
  Fault onBoth(String shell) {
    return prepare(
        lab -> {
          lab.must(Lab.A, shell);
          lab.must(Lab.B, shell);
        });
  }

  /** Migrates with further options of {@code virsh migrate}, with the fault and after the fix. */
  Fault migrateWith(String options) {
    return with(new Given(given.guestOptions, given.toolOptions, given.prepare, options));
  }

  /** Names the checks of which one must speak up. */
  Fault found(String... ids) {
    return with(new Expected(List.of(ids), false, expected.blocks, expected.outcome));
  }

  /** Names the checks that must all speak up. */
  Fault foundByAll(String... ids) {
    return with(new Expected(List.of(ids), true, expected.blocks, expected.outcome));
  }

  /** Says that the finding is a warning and leaves the pair READY. */
  Fault warned() {
    return with(new Expected(expected.findings, expected.all, false, expected.outcome));
  }

  /** Says what the real migration does. */
  Fault really(Outcome real) {
    return with(new Expected(expected.findings, expected.all, expected.blocks, real));
  }

  /** Says how a person mends what no command can. */
  Fault mendedBy(Consumer<Lab> mend) {
    return new Fault(id, requirement, inject, given, expected, mend);
  }

  /** Returns the findings of this fault: of its checks, failed or, where it only warns, warning. */
  List<Tool.Finding> hits(Tool.Run audit) {
    String status = expected.blocks ? "FAIL" : "WARN";
    return audit.findings().stream()
        .filter(f -> f.status().equals(status) && expected.findings.contains(f.id()))
        .toList();
  }

  /** Returns whether an audit names this fault. */
  boolean isNamedBy(Tool.Run audit) {
    List<String> ids = hits(audit).stream().map(Tool.Finding::id).toList();
    return expected.all ? ids.containsAll(expected.findings) : !ids.isEmpty();
  }

  private Fault with(Given other) {
    return new Fault(id, requirement, inject, other, expected, byHand);
  }

  private Fault with(Expected other) {
    return new Fault(id, requirement, inject, given, other, byHand);
  }
}
