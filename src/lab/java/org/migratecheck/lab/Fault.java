package org.migratecheck.lab;

import java.util.List;
import java.util.function.Consumer;

/**
 * One thing wrong between two hosts that are otherwise sound.
 *
 * @param id name in the table
 * @param requirement the requirement that it violates
 * @param guestOptions how the guest is made, as for {@code lab guest}
 * @param toolOptions further options of the program under test
 * @param prepare what is set up, in good order, before the guest starts
 * @param inject breaks it, with the guest running on {@link Lab#A}
 * @param findings ids of the checks that must fail; one of them is enough
 * @param outcome what a real migration does meanwhile
 * @param byHand mends what no printed command can mend, after the printed ones ran
 */
record Fault(
    String id,
    Requirement requirement,
    List<String> guestOptions,
    List<String> toolOptions,
    Consumer<Lab> prepare,
    Consumer<Lab> inject,
    List<String> findings,
    Outcome outcome,
    Consumer<Lab> byHand) {

  /** Begins a fault that shell text on a host makes. */
  static Fault of(String id, Requirement requirement, String host, String shell) {
    return of(id, requirement, lab -> lab.must(host, shell));
  }

  static Fault of(String id, Requirement requirement, Consumer<Lab> inject) {
    return new Fault(
        id,
        requirement,
        List.of(),
        List.of(),
        lab -> {},
        inject,
        List.of(),
        Outcome.notLookedAt(),
        lab -> {});
  }

  /** Makes the guest in another way than usual. */
  Fault guest(String... options) {
    return new Fault(
        id, requirement, List.of(options), toolOptions, prepare, inject, findings, outcome, byHand);
  }

  /** Calls the program with further options. */
  Fault check(String... options) {
    return new Fault(
        id,
        requirement,
        guestOptions,
        List.of(options),
        prepare,
        inject,
        findings,
        outcome,
        byHand);
  }

  /** Sets up what the guest needs, in good order, on both hosts. */
  Fault onBoth(String shell) {
    return prepare(
        lab -> {
          lab.must(Lab.A, shell);
          lab.must(Lab.B, shell);
        });
  }

  Fault prepare(Consumer<Lab> setUp) {
    return new Fault(
        id, requirement, guestOptions, toolOptions, setUp, inject, findings, outcome, byHand);
  }

  /** Names the checks of which one must fail. */
  Fault found(String... ids) {
    return new Fault(
        id, requirement, guestOptions, toolOptions, prepare, inject, List.of(ids), outcome, byHand);
  }

  Fault really(Outcome real) {
    return new Fault(
        id, requirement, guestOptions, toolOptions, prepare, inject, findings, real, byHand);
  }

  /** Says how a person mends what no command can. */
  Fault mendedBy(Consumer<Lab> mend) {
    return new Fault(
        id, requirement, guestOptions, toolOptions, prepare, inject, findings, outcome, mend);
  }
}
